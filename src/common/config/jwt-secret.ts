import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { ConfigError } from './config-error.js';

const MIN_LENGTH = 32;

interface SecretSources {
  secret: string | undefined;
  file: string | undefined;
  dataDir: string;
}

/**
 * The key of access tokens: given, read from the given file, or kept in the data folder, where the first start makes it
 * with mode 600. @throws ConfigError
 */
export function jwtSecretFrom({ secret, file, dataDir }: SecretSources): string {
  if (secret !== undefined && file !== undefined) {
    throw new ConfigError('JWT_SECRET and JWT_SECRET_FILE are both set; set one of them.');
  }
  if (secret !== undefined) return secret;
  if (file !== undefined) return readSecret(file, 'JWT_SECRET_FILE');
  const kept = path.join(dataDir, 'jwt-secret');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    // Exclusive, so that of two servers that start at once one makes it and the other reads it.
    writeFileSync(kept, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') throw new ConfigError(`DATA_DIR cannot be written: ${message}.`);
  }
  return readSecret(kept, 'DATA_DIR');
}

function readSecret(file: string, variable: string): string {
  let secret: string;
  try {
    secret = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new ConfigError(`${variable}: ${(error as NodeJS.ErrnoException).message}.`);
  }
  if (secret.length < MIN_LENGTH) {
    throw new ConfigError(`${variable}: the secret in ${file} must have at least ${MIN_LENGTH} characters.`);
  }
  return secret;
}
