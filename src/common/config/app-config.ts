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
  /** Bearer token of the metrics; `undefined`: whoever reaches the port may read them. */
  metricsToken: string | undefined;
  attachmentMaxBytes: number;
  /** Of all files of one room together. */
  attachmentRoomBytes: number;
  /** What uploads leave free on the disk of `dataDir`. */
  attachmentMinFreeBytes: number;
  jwtSecret: string;
  /** Whoever sends it is not slowed down by rate limits; `undefined`: nobody is exempt. */
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
