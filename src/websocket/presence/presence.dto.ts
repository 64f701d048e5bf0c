import { LIMITS, type WatchPresenceRequest } from '@minimeet/protocol';
import { ArrayMaxSize, IsArray, IsUUID } from 'class-validator';

export class WatchPresenceDto implements WatchPresenceRequest {
  @IsArray() @ArrayMaxSize(LIMITS.watchedPeople) @IsUUID('all', { each: true }) userIds: string[];
}
