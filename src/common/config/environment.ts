import { Transform } from 'class-transformer';
import {
  getMetadataStorage,
  IsEmail,
  IsIn,
  IsInt,
  IsIP,
  IsOptional,
  IsString,
  Matches,
  Max,
  MinLength,
  Min,
} from 'class-validator';
import { IsIceServers } from './is-ice-servers.js';

/** Maximum of a file's size column. */
const MAX_FILE_BYTES = 2 ** 31 - 1;

const LOG_LEVELS = ['error', 'warn', 'log', 'debug', 'verbose'] as const;

const Numeric = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && value.trim() !== '' ? Number(value) : value,
  );
const List = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((item) => item.trim())
          .filter((item) => item !== '')
      : value,
  );
const Json = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => {
    try {
      return typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
    } catch {
      // The validator refuses it with the variable's name.
      return value;
    }
  });
const IsPort = (): PropertyDecorator => (target, key) => {
  Numeric()(target, key);
  for (const rule of [IsInt(), Min(0), Max(65_535)]) rule(target, key);
};
const IsBytes =
  (max = Number.MAX_SAFE_INTEGER): PropertyDecorator =>
  (target, key) => {
    Numeric()(target, key);
    for (const rule of [IsInt(), Min(1), Max(max)]) rule(target, key);
  };
/** The message never repeats the value. */
const IsSecret = (minLength: number): PropertyDecorator =>
  MinLength(minLength, { message: `$property must have at least ${minLength} characters` });
const IsOrigin = (each = false): PropertyDecorator =>
  Matches(/^https?:\/\/[^/?#\s]+$/, {
    each,
    message: '$property must be an origin such as https://meet.example.org, without a path',
  });

/** The environment variables, with their defaults. The same names stand in `.env.example`. */
export class Environment {
  @IsPort() PORT = 3000;
  @IsString() @MinLength(1) HOST = '127.0.0.1';
  @IsOptional() @IsOrigin() PUBLIC_URL?: string;
  @List() @IsOrigin(true) ALLOWED_ORIGINS: string[] = [];
  @IsString() @MinLength(1) DATA_DIR = 'data';
  @IsOptional()
  @Matches(/^(mysql|mariadb):\/\/[^\s]+\/[^\s/]+$/, {
    message: '$property must look like mysql://user:password@host:3306/database',
  })
  DATABASE_URL?: string;
  @IsPort() METRICS_PORT = 9464;
  @IsString() @MinLength(1) METRICS_HOST = '127.0.0.1';
  @IsOptional() @IsSecret(16) METRICS_TOKEN?: string;
  @IsOptional() @IsSecret(32) LOAD_TEST_KEY?: string;
  @List() @IsEmail({}, { each: true }) ADMIN_EMAILS: string[] = [];
  @Numeric() @IsInt() @Min(1) @Max(3650) QUALITY_RETENTION_DAYS = 30;
  @IsBytes(MAX_FILE_BYTES) ATTACHMENT_MAX_BYTES = 100 * 1024 * 1024;
  @IsBytes() ATTACHMENT_ROOM_BYTES = 5 * 1024 ** 3;
  @IsBytes() ATTACHMENT_MIN_FREE_BYTES = 512 * 1024 ** 2;
  @IsOptional() @IsSecret(32) JWT_SECRET?: string;
  @IsOptional() @IsString() @MinLength(1) JWT_SECRET_FILE?: string;
  @IsOptional() @Numeric() @IsInt() @Min(1) @Max(256) MEDIA_WORKERS?: number;
  @IsIP() MEDIA_LISTEN_IP = '127.0.0.1';
  @List() @IsString({ each: true }) MEDIA_ANNOUNCED_ADDRESSES: string[] = [];
  @IsPort() MEDIA_PORT = 0;
  @IsOptional() @IsString() MEDIASOUP_WORKER_BIN?: string;
  @IsOptional() @Numeric() @IsInt() @Min(1) @Max(50) AUDIO_STREAMS?: number;
  @IsOptional() @Numeric() @IsInt() @Min(1) CONSUMERS_PER_SLOT?: number;
  @Json() @IsIceServers() ICE_SERVERS: unknown[] = [];
  @IsIn(LOG_LEVELS) LOG_LEVEL: (typeof LOG_LEVELS)[number] = 'log';
}

/** The chosen level and all graver ones. */
export function logLevelsFrom(level: Environment['LOG_LEVEL']): Environment['LOG_LEVEL'][] {
  return LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(level) + 1);
}

/** Every variable that the server reads. */
export const VARIABLE_NAMES: ReadonlySet<string> = new Set(
  getMetadataStorage()
    .getTargetValidationMetadatas(Environment, '', true, false)
    .map(({ propertyName }) => propertyName),
);
