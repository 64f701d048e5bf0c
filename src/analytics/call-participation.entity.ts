import type { LeaveReason } from '@minimeet/protocol';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn, UuidColumn } from '../common/database/index.js';

/** One person's stay in a call. */
@Entity('call_participation')
export class CallParticipationEntity {
  /** The participant's id. */
  @PrimaryUuidColumn() id: string;
  @Index() @ForeignKey('CallSessionEntity', { onDelete: 'CASCADE' }) @UuidColumn() sessionId: string;
  @Index()
  @ForeignKey('UserEntity', { onDelete: 'SET NULL' })
  @UuidColumn({ nullable: true })
  userId: string | null;
  /** As it was when they joined. */
  @Column({ type: 'varchar', length: 128 }) displayName: string;
  @TimeColumn() joinedAt: Date;
  @TimeColumn({ nullable: true }) leftAt: Date | null;
  @Column({ type: 'varchar', length: 32, nullable: true }) leaveReason: LeaveReason | null;
}
