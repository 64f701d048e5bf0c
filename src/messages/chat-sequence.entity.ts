import type { RoomId } from '@minimeet/protocol';
import { Column, Entity, ForeignKey } from 'typeorm';
import { PrimaryUuidColumn } from '../common/database/index.js';

/** The number of a room's newest message, so that two never get the same. A room without messages may have none. */
@Entity('chat_sequence')
export class ChatSequenceEntity {
  @ForeignKey('RoomEntity', { onDelete: 'CASCADE' }) @PrimaryUuidColumn() roomId: RoomId;
  @Column({ type: 'int' }) lastSequence: number;
}
