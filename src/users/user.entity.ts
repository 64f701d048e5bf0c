import type { RoomId, UserId } from '@minimeet/protocol';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn, UuidColumn } from '../common/database/index.js';

/** An account. A guest's account has no address and no password, and ends with its room. */
@Entity('user')
export class UserEntity {
  @PrimaryUuidColumn() id: UserId;
  /** Lower-case. */
  @Index({ unique: true }) @Column({ type: 'varchar', length: 254, nullable: true }) email: string | null;
  /** Argon2id in PHC string format. */
  @Column({ type: 'varchar', length: 255, nullable: true }) passwordHash: string | null;
  @Column({ type: 'varchar', length: 128 }) displayName: string;
  /** The only room that a guest may enter; `null` for other accounts. */
  @ForeignKey('RoomEntity', { onDelete: 'CASCADE' })
  @UuidColumn({ nullable: true })
  guestRoomId: RoomId | null;
  /** The invite with which a guest came, until it is revoked or the guest is out of the room; else `null`. */
  @Index()
  @ForeignKey('InviteEntity', { onDelete: 'SET NULL' })
  @UuidColumn({ nullable: true })
  guestInviteId: string | null;
  /** Unguessable, and a new one for every picture; `null` without a picture. */
  @Index() @Column({ type: 'varchar', length: 32, nullable: true }) pictureId: string | null;
  /** Others may see `lastSeenAt`. */
  @Column({ type: 'boolean', default: true }) showLastSeen: boolean;
  /** The end of the last connection; while there is a connection, at most some minutes ago. */
  @TimeColumn({ nullable: true }) lastSeenAt: Date | null;
  @TimeColumn() createdAt: Date;
}
