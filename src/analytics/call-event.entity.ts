import type { CallEventType, MediaSource } from '@minimeet/protocol';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn, UuidColumn } from '../common/database/index.js';

/** One event of a person's stay. */
@Entity('call_event')
@Index(['participationId', 'at'])
export class CallEventEntity {
  @PrimaryUuidColumn() id: string;
  @ForeignKey('CallParticipationEntity', { onDelete: 'CASCADE' }) @UuidColumn() participationId: string;
  @Index() @TimeColumn() at: Date;
  @Column({ type: 'varchar', length: 24 }) type: CallEventType;
  @Column({ type: 'varchar', length: 16, nullable: true }) source: MediaSource | null;
  /** The name of the person who did it, when it was somebody else. */
  @Column({ type: 'varchar', length: 128, nullable: true }) actor: string | null;
  /** The new role of `role-changed`. */
  @Column({ type: 'varchar', length: 16, nullable: true }) detail: string | null;
}
