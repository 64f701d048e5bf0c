import type { IceServer } from '@minimeet/protocol';
import type { LogLevel } from '@nestjs/common';

/** The validated environment. `.env.example` says what each variable means. */
export class AppConfig {
  /** HTTP; 0 is any free port. */
  port: number;
  host: string;
  /** Origin that people open, if it is not the address that is listened on. */
  publicUrl: string | undefined;
  /** Origins besides the own one whose pages may connect. */
  allowedOrigins: string[];
  /** Absolute path. */
  dataDir: string;
  database: { type: 'sqlite'; file: string } | { type: 'mysql'; url: string };
  metricsPort: number;
  metricsHost: string;
  jwtSecret: string;
  /** `undefined`: one a core. */
  mediaWorkers: number | undefined;
  mediaListenIp: string;
  mediaAnnouncedAddresses: string[];
  /** The first slot's; 0 is any free port for each. */
  mediaPort: number;
  workerBin: string | undefined;
  audioStreams: number | undefined;
  consumersPerSlot: number | undefined;
  iceServers: IceServer[];
  logLevels: LogLevel[];
}
