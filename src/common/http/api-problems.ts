import { ERROR_CODES, type ErrorCode, type Problem } from '@minimeet/protocol';
import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, ApiResponse, getSchemaPath } from '@nestjs/swagger';

class ProblemDto implements Problem {
  @ApiProperty({ example: 'about:blank' }) type: string;
  @ApiProperty({ example: 'Bad Request' }) title: string;
  @ApiProperty({ example: 400 }) status: number;
  @ApiProperty({ description: 'A sentence for a person.' }) detail: string;
  @ApiProperty({ enum: Object.keys(ERROR_CODES), enumName: 'ErrorCode' }) code: ErrorCode;
  @ApiProperty({ description: 'The same request may succeed later without a change.' }) retryable: boolean;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'string' } },
    description: 'For INVALID_PAYLOAD: sentences by field.',
  })
  details?: Record<string, string[]>;
}

/** Documents how a route may fail. */
export function ApiProblems(...codes: ErrorCode[]): MethodDecorator & ClassDecorator {
  const byStatus = Map.groupBy(codes, (code) => ERROR_CODES[code].status);
  const responses = [...byStatus].map(([status, group]) =>
    ApiResponse({
      status,
      description: group.join(', '),
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
    }),
  );
  return applyDecorators(ApiExtraModels(ProblemDto), ...responses);
}
