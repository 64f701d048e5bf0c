import { LIMITS, type SearchHit } from '@minimeet/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsString, IsUUID, Length } from 'class-validator';
import { PageOf, PageQueryDto } from '../../common/http/index.js';
import { Optional } from '../../common/validation/index.js';
import { ChatMessageDto } from '../dto/chat.dto.js';

/** `?q=&sender=&from=&to=&after=&limit=` */
export class SearchQueryDto extends PageQueryDto {
  @ApiProperty({
    minLength: 1,
    maxLength: LIMITS.searchLength,
    description: 'Words that must all be there, whatever their case and accents; the last may be a beginning.',
  })
  @IsString()
  @Length(1, LIMITS.searchLength)
  q: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'An account: only its messages.' })
  @Optional()
  @IsUUID()
  sender?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'ISO 8601.' })
  @Optional()
  @IsISO8601({ strict: true })
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'ISO 8601, exclusive.' })
  @Optional()
  @IsISO8601({ strict: true })
  to?: string;
}

class HighlightDto {
  @ApiProperty({ type: 'integer', minimum: 0 }) start: number;
  @ApiProperty({ type: 'integer', minimum: 1 }) end: number;
}

class SearchHitDto implements SearchHit {
  @ApiProperty({ type: ChatMessageDto }) message: ChatMessageDto;
  @ApiProperty({ example: 'weekly-sync-7fhk-2mnp-x9qd' }) roomSlug: string;
  @ApiProperty() roomName: string;
  @ApiProperty({
    type: [HighlightDto],
    description: "Where the words stand in the content's text, in UTF-16 code units, from the left, without overlap.",
  })
  highlights: HighlightDto[];
}

export const SearchPageDto = PageOf(SearchHitDto);
