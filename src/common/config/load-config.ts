import * as path from 'node:path';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { AppConfig } from './app-config.js';
import { ConfigError } from './config-error.js';
import { Environment, logLevelsFrom, VARIABLE_NAMES } from './environment.js';
import { isIceServers } from './is-ice-servers.js';
import { jwtSecretFrom } from './jwt-secret.js';

/**
 * Reads and checks the environment variables; an empty one counts as not set.
 * @throws ConfigError with one sentence that names the variable.
 */
export function loadConfig(env: NodeJS.ProcessEnv): AppConfig {
  const set = Object.entries(env).filter(([name, value]) => VARIABLE_NAMES.has(name) && value?.trim());
  const known = plainToInstance(Environment, Object.fromEntries(set), { exposeDefaultValues: true });
  const [problem] = validateSync(known, { stopAtFirstError: true });
  if (problem) throw new ConfigError(`${Object.values(problem.constraints ?? {})[0] ?? problem.property}.`);
  return describe(known);
}

function describe(env: Environment): AppConfig {
  const dataDir = path.resolve(env.DATA_DIR);
  const { JWT_SECRET: secret, JWT_SECRET_FILE: file } = env;
  return Object.assign(new AppConfig(), {
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL,
    allowedOrigins: [...(env.PUBLIC_URL ? [env.PUBLIC_URL] : []), ...env.ALLOWED_ORIGINS],
    dataDir,
    database: env.DATABASE_URL
      ? { type: 'mysql' as const, url: env.DATABASE_URL }
      : { type: 'sqlite' as const, file: path.join(dataDir, 'minimeet.sqlite') },
    metricsPort: env.METRICS_PORT,
    metricsHost: env.METRICS_HOST,
    metricsToken: env.METRICS_TOKEN,
    attachmentMaxBytes: env.ATTACHMENT_MAX_BYTES,
    attachmentRoomBytes: env.ATTACHMENT_ROOM_BYTES,
    attachmentMinFreeBytes: env.ATTACHMENT_MIN_FREE_BYTES,
    jwtSecret: jwtSecretFrom({ secret, file, dataDir }),
    loadTestKey: env.LOAD_TEST_KEY,
    adminEmails: env.ADMIN_EMAILS.map((email) => email.toLowerCase()),
    qualityRetentionDays: env.QUALITY_RETENTION_DAYS,
    mediaWorkers: env.MEDIA_WORKERS,
    mediaListenIp: env.MEDIA_LISTEN_IP,
    mediaAnnouncedAddresses: env.MEDIA_ANNOUNCED_ADDRESSES,
    mediaPort: env.MEDIA_PORT,
    workerBin: env.MEDIASOUP_WORKER_BIN,
    audioStreams: env.AUDIO_STREAMS,
    consumersPerSlot: env.CONSUMERS_PER_SLOT,
    iceServers: isIceServers(env.ICE_SERVERS) ? env.ICE_SERVERS : [],
    logLevels: logLevelsFrom(env.LOG_LEVEL),
  } satisfies AppConfig);
}
