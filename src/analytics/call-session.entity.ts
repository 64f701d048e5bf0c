import { Entity, ForeignKey, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn, UuidColumn } from '../common/database/index.js';

/** One call of a room: from the first person in to the last one out. */
@Entity('call_session')
@Index(['roomId', 'startedAt'])
export class CallSessionEntity {
  @PrimaryUuidColumn() id: string;
  @ForeignKey('RoomEntity', { onDelete: 'CASCADE' }) @UuidColumn() roomId: string;
  @Index() @TimeColumn() startedAt: Date;
  @TimeColumn({ nullable: true }) endedAt: Date | null;
}
