import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { buildMessage, IsString, Length, ValidateBy } from 'class-validator';

// Control characters other than tab and line feeds: no one types them, and databases and terminals disagree about them.
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Whether a text can be stored and given back unchanged: well-formed UTF-16 without control characters. */
export function isPlainText(value: unknown): boolean {
  return typeof value === 'string' && value.isWellFormed() && !CONTROL_CHARACTER.test(value);
}

/**
 * A string of `min` to `max` characters that can be stored as it is (`isPlainText`).
 * `trim`: white space at the ends is taken off before it is measured.
 */
export function IsText({ min, max, trim = false }: { min: number; max: number; trim?: boolean }): PropertyDecorator {
  return applyDecorators(
    ...(trim ? [Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))] : []),
    IsString(),
    Length(min, max),
    ValidateBy({
      name: 'isText',
      validator: {
        validate: isPlainText,
        defaultMessage: buildMessage((prefix) => `${prefix}$property must be text without control characters`),
      },
    }),
  );
}
