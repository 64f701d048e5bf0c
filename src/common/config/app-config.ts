import type { IceServer } from '@minimeet/protocol';
import type { LogLevel } from '@nestjs/common';

/** The validated environment. `.env.example` says what each variable means. */
export class AppConfig {
  /** HTTP; 0 is any free port. */
  port: number;
  host: string;
  /** Origin that people open, if it is not the address on which the server listens. */
  publicUrl: string | undefined;
  /** Other origins whose pages may connect. */
  allowedOrigins: string[];
  /** Absolute path. */
  dataDir: string;
  database: { type: 'sqlite'; file: string } | { type: 'mysql'; url: string };
  metricsPort: number;
  metricsHost: string;
  /** Bearer token of the metrics; `undefined`: everybody who reaches the port may read them. */
  metricsToken: string | undefined;
  attachmentMaxBytes: number;
  /** Maximum of all files of one room together. */
  attachmentRoomBytes: number;
  /** Space that uploads leave free on the disk of `dataDir`. */
  attachmentMinFreeBytes: number;
  jwtSecret: string;
  /** Key that exempts its sender from rate limits; `undefined`: nobody is exempt. */
  loadTestKey: string | undefined;
  /** In lower case. */
  adminEmails: string[];
  qualityRetentionDays: number;
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
