import { ValidateIf } from 'class-validator';

/** The field may be absent. Unlike `IsOptional`, null is not absence: it is checked, and refused. */
export const Optional = (): PropertyDecorator => ValidateIf((_object, value) => value !== undefined);
