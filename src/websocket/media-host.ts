import { inspect } from 'node:util';
import {
  MediaServer,
  type MediaPeer,
  type MediaRoom,
  type MediaServerStatus,
  type PeerFacts,
} from '@minimeet/media-worker';
import type { IceServer, ParticipantId, PrepareMediaReply, RoomId, RtpCapabilities } from '@minimeet/protocol';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../common/config/index.js';
import { EventBus, type MediaFacts } from '../common/events/index.js';

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
    this.publishTelemetry();
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

  addPeer(roomId: RoomId, peerId: ParticipantId, rtpCapabilities: RtpCapabilities): Promise<MediaPeer> {
    return this.server.room(roomId).addPeer({ peerId, rtpCapabilities });
  }

  /** What a client needs to know of its peer. */
  describe(peer: MediaPeer): PrepareMediaReply {
    return {
      routerRtpCapabilities: this.routerRtpCapabilities,
      sendTransport: peer.sendTransport,
      recvTransport: peer.recvTransport,
      iceServers: this.iceServers,
    };
  }

  /** Of the workers, for health and metrics; asks none of them. */
  status(): MediaServerStatus {
    return this.server.status();
  }

  private publishTelemetry(): void {
    const { server, events } = this;
    server.on('transport-connected', (fact) => {
      const { direction, protocol, iceMs, dtlsMs } = fact;
      events.publish('transport-connected', { ...whose(fact), direction, protocol, iceMs, dtlsMs });
    });
    server.on('transport-failed', (fact) => {
      events.publish('transport-failed', { ...whose(fact), direction: fact.direction, stage: fact.stage });
    });
    server.on('ice-restarted', (fact) => {
      events.publish('ice-restarted', { ...whose(fact), direction: fact.direction });
    });
    server.on('layer-switched', (fact) => {
      events.publish('layer-switched', { ...whose(fact), to: fact.to });
    });
    server.on('sampled', (fact) => {
      const { direction, intervalMs, bytes, kinds } = fact;
      events.publish('media-sampled', { ...whose(fact), direction, intervalMs, bytes, kinds });
    });
    server.on('worker-died', (fact) => {
      events.publish('worker-died', fact);
    });
  }
}

/** A peer of the media core is a participant of everything else. */
function whose({ roomId, peerId }: PeerFacts): MediaFacts {
  return { roomId, participantId: peerId, at: new Date() };
}
