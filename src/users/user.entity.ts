import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn, UuidColumn } from '../common/database/index.js';

/** An account. A guest's has no address and no password, and ends with the room. */
@Entity('user')
export class UserEntity {
  @PrimaryUuidColumn() id: string;
  /** Lower-case. */
  @Index({ unique: true }) @Column({ type: 'varchar', length: 254, nullable: true }) email: string | null;
  /** Argon2id, in its own text form with salt and costs. */
  @Column({ type: 'varchar', length: 255, nullable: true }) passwordHash: string | null;
  @Column({ type: 'varchar', length: 128 }) displayName: string;
  /** The only room that a guest may enter. */
  @ForeignKey('RoomEntity', { onDelete: 'CASCADE' })
  @UuidColumn({ nullable: true })
  guestRoomId: string | null;
  /** The invite that a guest came with, until it is revoked or they are out of the room; `null` for an account. */
  @Index()
  @ForeignKey('InviteEntity', { onDelete: 'SET NULL' })
  @UuidColumn({ nullable: true })
  guestInviteId: string | null;
  /** Unguessable, and another for every picture; null without one. */
  @Index() @Column({ type: 'varchar', length: 32, nullable: true }) pictureId: string | null;
  /** Others may see `lastSeenAt`. */
  @Column({ type: 'boolean', default: true }) showLastSeen: boolean;
  /** When the last connection ended; while there is one, some minutes old at most. */
  @TimeColumn({ nullable: true }) lastSeenAt: Date | null;
  @TimeColumn() createdAt: Date;
}
