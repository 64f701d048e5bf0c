import type { RoomId, UserId } from '@minimeet/protocol';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn, UuidColumn } from '../common/database/index.js';

/** An invite: lets people into one room. */
@Entity('invite')
export class InviteEntity {
  @PrimaryUuidColumn() id: string;
  @Index() @ForeignKey('RoomEntity', { onDelete: 'CASCADE' }) @UuidColumn() roomId: RoomId;
  /** The account that made it. */
  @Index() @ForeignKey('UserEntity', { onDelete: 'CASCADE' }) @UuidColumn() userId: UserId;
  /** SHA-256 of the token, in hexadecimal. */
  @Index({ unique: true }) @Column({ type: 'varchar', length: 64 }) tokenHash: string;
  @TimeColumn() createdAt: Date;
  @TimeColumn() expiresAt: Date;
  /** Unlimited when null. */
  @Column({ type: 'int', nullable: true }) maxUses: number | null;
  @Column({ type: 'int', default: 0 }) uses: number;
}
