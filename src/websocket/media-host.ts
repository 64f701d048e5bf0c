import { inspect } from 'node:util';
import { MediaServer, type MediaPeer, type MediaRoom, type MediaServerStatus } from '@minimeet/media-worker';
import {
  type IceServer,
  MEDIA_TELEMETRY,
  type MediaTelemetry,
  type ParticipantId,
  type PrepareMediaReply,
  type RoomId,
  type RtpCapabilities,
} from '@minimeet/protocol';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../common/config/index.js';
import { EventBus } from '../common/events/index.js';

export type { MediaPeer, MediaRoom };

/** The media core inside this process: starts it, ends it, and is the only file that knows of it. */
@Injectable()
export class MediaHost implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(MediaHost.name);
  private server: MediaServer;

  constructor(
    private readonly config: AppConfig,
    private readonly events: EventBus,
  ) {}

  async onModuleInit(): Promise<void> {
    this.server = await MediaServer.create({
      workers: this.config.mediaWorkers,
      listenIp: this.config.mediaListenIp,
      announcedAddresses: this.config.mediaAnnouncedAddresses,
      firstPort: this.config.mediaPort,
      workerBin: this.config.workerBin,
      audioStreams: this.config.audioStreams,
      consumersPerSlot: this.config.consumersPerSlot,
      onError: (error, context) => this.logger.error(context, inspect(error)),
    });
    for (const name of MEDIA_TELEMETRY) {
      this.server.on(name, (fact: MediaTelemetry[typeof name]) =>
        this.events.publish(name, { ...fact, at: new Date() }),
      );
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.server.close();
  }

  get iceServers(): IceServer[] {
    return this.config.iceServers;
  }

  get routerRtpCapabilities(): RtpCapabilities {
    return this.server.routerRtpCapabilities;
  }

  room(roomId: RoomId): MediaRoom {
    return this.server.room(roomId);
  }

  addPeer(roomId: RoomId, participantId: ParticipantId, rtpCapabilities: RtpCapabilities): Promise<MediaPeer> {
    return this.server.room(roomId).addPeer({ participantId, rtpCapabilities });
  }

  /** Describes a peer's transports to its client. */
  describe(peer: MediaPeer): PrepareMediaReply {
    return {
      routerRtpCapabilities: this.routerRtpCapabilities,
      sendTransport: peer.sendTransport,
      recvTransport: peer.recvTransport,
      iceServers: this.iceServers,
    };
  }

  /** The workers' state, for health and metrics; asks no worker. */
  status(): MediaServerStatus {
    return this.server.status();
  }
}
