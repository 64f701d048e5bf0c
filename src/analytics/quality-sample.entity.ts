import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn, UuidColumn } from '../common/database/index.js';

/** What one person's connection was like at one moment of a call. */
@Entity('quality_sample')
@Index(['participationId', 'at'])
export class QualitySampleEntity {
  @PrimaryUuidColumn() id: string;
  @ForeignKey('CallParticipationEntity', { onDelete: 'CASCADE' }) @UuidColumn() participationId: string;
  @TimeColumn() at: Date;
  /** Milliseconds. */
  @Column({ type: 'int', nullable: true }) roundTripTimeMs: number | null;
  @Column({ type: 'int', nullable: true }) jitterMs: number | null;
  /** Of the packets sent to them, parts in a thousand. */
  @Column({ type: 'int', nullable: true }) lossPermille: number | null;
  @Column({ type: 'int', nullable: true }) receivedBitrateBps: number | null;
  @Column({ type: 'int', nullable: true }) sentBitrateBps: number | null;
}
