import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn, UuidColumn } from '../common/database/index.js';

/** One refresh token. All that descend from one sign-in are a family. */
@Entity('refresh_token')
export class RefreshTokenEntity {
  @PrimaryUuidColumn() id: string;
  @Index() @UuidColumn() familyId: string;
  @Index() @ForeignKey('UserEntity', { onDelete: 'CASCADE' }) @UuidColumn() userId: string;
  /** SHA-256 of the token, in hexadecimal. The token itself is random, so that it needs no slow hash. */
  @Index({ unique: true }) @Column({ type: 'varchar', length: 64 }) tokenHash: string;
  @TimeColumn() createdAt: Date;
  @TimeColumn() expiresAt: Date;
  /** When it was exchanged for the next one of the family. */
  @TimeColumn({ nullable: true }) usedAt: Date | null;
  @TimeColumn({ nullable: true }) revokedAt: Date | null;
}
