import { Entity, ForeignKey, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn } from '../common/database/index.js';

/** That an account may not come into a room any more. Who is banned is no member. */
@Entity('room_ban')
export class RoomBanEntity {
  @ForeignKey('RoomEntity', { onDelete: 'CASCADE' }) @PrimaryUuidColumn() roomId: string;
  @Index() @ForeignKey('UserEntity', { onDelete: 'CASCADE' }) @PrimaryUuidColumn() userId: string;
  @TimeColumn() bannedAt: Date;
}
