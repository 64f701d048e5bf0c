import type { JoinPhases, LeaveReason, NetworkPath, Quality } from '@minimeet/protocol';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn, UuidColumn } from '../common/database/index.js';
import { QualityColumn } from './quality-column.js';

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
  @Column({ type: 'varchar', length: 128, nullable: true }) client: string | null;
  @Column({ type: 'varchar', length: 8, nullable: true }) networkPath: NetworkPath | null;
  @Column({ type: 'simple-json', nullable: true }) joinPhases: JoinPhases | null;
  @Column({ type: 'int', default: 0 }) speakingMs: number;
  /** How often a lost connection was resumed, or lost media rebuilt. */
  @Column({ type: 'int', default: 0 }) reconnects: number;
  /** Covers the whole stay so far; see `overallQuality`. */
  @QualityColumn({ nullable: true }) quality: Quality | null;
}
