import type { RoomId, UserId } from '@minimeet/protocol';
import { Entity, ForeignKey, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn } from '../common/database/index.js';

/** A ban: the account may not come into the room any more. A banned account is never a member. */
@Entity('room_ban')
export class RoomBanEntity {
  @ForeignKey('RoomEntity', { onDelete: 'CASCADE' }) @PrimaryUuidColumn() roomId: RoomId;
  @Index() @ForeignKey('UserEntity', { onDelete: 'CASCADE' }) @PrimaryUuidColumn() userId: UserId;
  @TimeColumn() bannedAt: Date;
}
