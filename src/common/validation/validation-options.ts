import type { ValidationError, ValidationPipeOptions } from '@nestjs/common';
import { AppError } from '../errors/index.js';

/** The check of every body, query and payload against its DTO: unknown fields are errors, and errors come by field. */
export const VALIDATION_OPTIONS: ValidationPipeOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  // A DTO without fields is no mistake: it takes an empty object only, by the whitelist.
  forbidUnknownValues: false,
  transform: true,
  stopAtFirstError: false,
  validationError: { target: false, value: false },
  exceptionFactory: (errors) => {
    const details = Object.fromEntries(errors.flatMap((error) => sentences(error, '')));
    return new AppError('INVALID_PAYLOAD', firstSentence(details), { details });
  },
};

/** Longest part of a client's own field name that is repeated to it. */
const MAX_PATH_LENGTH = 100;

function sentences({ property, constraints, children = [] }: ValidationError, prefix: string): [string, string[]][] {
  const path = `${prefix}${property}`.slice(0, MAX_PATH_LENGTH);
  const own: [string, string[]][] = constraints
    ? [[path, Object.values(constraints).map((sentence) => sentence.slice(0, 2 * MAX_PATH_LENGTH))]]
    : [];
  return [...own, ...children.flatMap((child) => sentences(child, `${path}.`))];
}

function firstSentence(details: Record<string, string[]>): string {
  return Object.values(details).flat()[0] ?? 'The request is not as the API has it.';
}
