import type { CreateInviteBody, Invite, InviteSummary } from '@minimeet/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { PageOf } from '../../common/http/index.js';
import { Optional } from '../../common/validation/index.js';

const MAX_INVITE_SECONDS = 30 * 24 * 60 * 60;
const MAX_INVITE_USES = 10_000;

export class CreateInviteDto implements CreateInviteBody {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 60,
    maximum: MAX_INVITE_SECONDS,
    description: '7 days when absent.',
  })
  @Optional()
  @IsInt()
  @Min(60)
  @Max(MAX_INVITE_SECONDS)
  expiresInSeconds?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_INVITE_USES,
    description: 'Without bound when absent.',
  })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(MAX_INVITE_USES)
  maxUses?: number;
}

class InviteSummaryDto implements InviteSummary {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() createdByName: string;
  @ApiProperty({ format: 'date-time' }) createdAt: string;
  @ApiProperty({ format: 'date-time' }) expiresAt: string;
  @ApiProperty({ type: 'integer', nullable: true }) maxUses: number | null;
  @ApiProperty({ type: 'integer' }) uses: number;
}

export class InviteDto extends InviteSummaryDto implements Invite {
  @ApiProperty({ description: 'For `POST auth/guest` and `join_room`. Told once: the server keeps its hash only.' })
  token: string;
}

export const InvitePageDto = PageOf(InviteSummaryDto);
