import type { RoomAccess, RoomId, RoomSlug } from '@minimeet/protocol';
import { Column, Entity, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn } from '../common/database/index.js';

@Entity('room')
export class RoomEntity {
  @PrimaryUuidColumn() id: RoomId;
  @Index({ unique: true }) @Column({ type: 'varchar', length: 80 }) slug: RoomSlug;
  @Column({ type: 'varchar', length: 200 }) name: string;
  @TimeColumn() createdAt: Date;
  @Column({ type: 'varchar', length: 16, default: 'open' }) access: RoomAccess;
  /** Argon2id in PHC string format; `null` unless `access` is `password`. */
  @Column({ type: 'varchar', length: 255, nullable: true }) passwordHash: string | null;
  @Column({ type: 'boolean', default: false }) locked: boolean;
  @Column({ type: 'boolean', default: true }) allowUnmute: boolean;
}
