import { type ArgumentMetadata, ValidationPipe, type ValidationPipeOptions } from '@nestjs/common';
import { AppError } from '../errors/index.js';
import { VALIDATION_OPTIONS } from './validation-options.js';

/** Deeper than anything of the API, and far from what makes recursive functions run out of stack. */
const MAX_DEPTH = 16;
/** Names that JavaScript takes for something else. The library would drop them silently. */
const FORBIDDEN_KEYS = ['__proto__', 'constructor', 'prototype'];

/** Checks bodies, queries and payloads against their DTOs, and first what the library does not check. */
export class PayloadPipe extends ValidationPipe {
  constructor(options: ValidationPipeOptions = VALIDATION_OPTIONS) {
    super(options);
  }

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body') assertPlain(value ?? {});
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

/** @throws AppError INVALID_PAYLOAD */
function assertPlain(value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AppError('INVALID_PAYLOAD', 'The request must be one JSON object.');
  }
  const key = FORBIDDEN_KEYS.find((name) => Object.hasOwn(value, name));
  if (key !== undefined) {
    const sentence = `property ${key} should not exist`;
    throw new AppError('INVALID_PAYLOAD', sentence, { details: { [`"${key}"`]: [sentence] } });
  }
  if (isDeeperThan(value, MAX_DEPTH)) throw new AppError('INVALID_PAYLOAD', 'The request is nested too deeply.');
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((item) => isDeeperThan(item, depth - 1));
}
