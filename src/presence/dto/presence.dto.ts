import { type Presence, PRESENCE_STATUSES, type PresenceStatus } from '@minimeet/protocol';
import { ApiProperty } from '@nestjs/swagger';

export class PresenceDto implements Presence {
  @ApiProperty({ format: 'uuid' }) userId: string;
  @ApiProperty({ enum: PRESENCE_STATUSES, description: 'Of all connections of the account together.' })
  status: PresenceStatus;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the last connection ended; null while there is one, and for who does not show it.',
  })
  lastSeenAt: string | null;
}
