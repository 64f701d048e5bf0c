import { Column, type ColumnOptions, PrimaryColumn } from 'typeorm';

/** A UUID in its usual form (RFC 9562), in lower case. */
export const UuidColumn = (options: ColumnOptions = {}): PropertyDecorator =>
  Column({ type: 'varchar', length: 36, ...options });

export const PrimaryUuidColumn = (): PropertyDecorator => PrimaryColumn({ type: 'varchar', length: 36 });

/** A moment in UTC with milliseconds. */
export const TimeColumn = (options: ColumnOptions = {}): PropertyDecorator =>
  Column({ type: 'datetime', precision: 3, ...options });
