import { Column, Entity, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn } from '../common/database/index.js';

@Entity('room')
export class RoomEntity {
  @PrimaryUuidColumn() id: string;
  @Index({ unique: true }) @Column({ type: 'varchar', length: 80 }) slug: string;
  @Column({ type: 'varchar', length: 200 }) name: string;
  @TimeColumn() createdAt: Date;
  /** The `sequence` of the newest chat message; counted here, so that two messages never get the same. */
  @Column({ type: 'int', default: 0 }) lastSequence: number;
}
