import { type Attachment, ATTACHMENT_KINDS, type AttachmentKind } from '@minimeet/protocol';
import { ApiProperty } from '@nestjs/swagger';

export class AttachmentDto implements Attachment {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: ATTACHMENT_KINDS, description: 'By its content, not by its name.' }) kind: AttachmentKind;
  @ApiProperty() fileName: string;
  @ApiProperty({ example: 'image/png', description: 'RFC 6838, found by looking into the file.' }) mediaType: string;
  @ApiProperty({ type: 'integer' }) bytes: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Pixels of an image; null for everything else.' })
  width: number | null;
  @ApiProperty({ type: 'integer', nullable: true }) height: number | null;
  @ApiProperty({ description: 'There is a small WebP picture of it.' }) hasPreview: boolean;
}
