import type { Role } from '@minimeet/protocol';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn, UuidColumn } from '../common/database/index.js';

/** That an account belongs to a room, and as what. */
@Entity('room_member')
@Index(['userId', 'joinedAt'])
export class RoomMemberEntity {
  @ForeignKey('RoomEntity', { onDelete: 'CASCADE' }) @PrimaryUuidColumn() roomId: string;
  @ForeignKey('UserEntity', { onDelete: 'CASCADE' }) @PrimaryUuidColumn() userId: string;
  @Column({ type: 'varchar', length: 16 }) role: Role;
  @TimeColumn() joinedAt: Date;
  /** The invite that they came with; `null` without one, or when it is revoked. */
  @Index()
  @ForeignKey('InviteEntity', { onDelete: 'SET NULL' })
  @UuidColumn({ nullable: true })
  inviteId: string | null;
  /** The chat `sequence` up to which they have read. */
  @Column({ type: 'int', default: 0 }) lastReadSequence: number;
}
