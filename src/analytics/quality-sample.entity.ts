import type { Direction, Quality } from '@minimeet/protocol';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { QualityColumn } from './quality-column.js';

/** One person's media in one direction, in the interval before `at`. Unknown values are `null`. See `QualitySample`. */
@Entity('quality_sample')
export class QualitySampleEntity {
  @ForeignKey('CallParticipationEntity', { onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'varchar', length: 36 })
  participationId: string;
  @Index() @PrimaryColumn({ type: 'datetime', precision: 3 }) at: Date;
  @PrimaryColumn({ type: 'varchar', length: 4 }) direction: Direction;
  /** 0..1 */
  @Column({ type: 'double', nullable: true }) lossRatio: number | null;
  @Column({ type: 'double', nullable: true }) jitterMs: number | null;
  @Column({ type: 'double', nullable: true }) roundTripTimeMs: number | null;
  @Column({ type: 'int', nullable: true }) bitrateBps: number | null;
  @Column({ type: 'int', nullable: true }) frozenMs: number | null;
  @QualityColumn() quality: Quality;
}
