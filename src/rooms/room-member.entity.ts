import type { Role, RoomId, UserId } from '@minimeet/protocol';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn, UuidColumn } from '../common/database/index.js';

/** A membership: an account's role in a room. */
@Entity('room_member')
@Index(['userId', 'joinedAt'])
export class RoomMemberEntity {
  @ForeignKey('RoomEntity', { onDelete: 'CASCADE' }) @PrimaryUuidColumn() roomId: RoomId;
  @ForeignKey('UserEntity', { onDelete: 'CASCADE' }) @PrimaryUuidColumn() userId: UserId;
  @Column({ type: 'varchar', length: 16 }) role: Role;
  @TimeColumn() joinedAt: Date;
  /** The invite with which the member came; `null` without one, or when it is revoked. */
  @Index()
  @ForeignKey('InviteEntity', { onDelete: 'SET NULL' })
  @UuidColumn({ nullable: true })
  inviteId: string | null;
  /** The chat `sequence` up to which the member has read. */
  @Column({ type: 'int', default: 0 }) lastReadSequence: number;
}
