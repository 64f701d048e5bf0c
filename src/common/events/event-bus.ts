import type {
  ChatMessage,
  LeaveReason,
  ParticipantId,
  RoomId,
  RoomSlug,
  RoomSummary,
  UserId,
} from '@minimeet/protocol';
import { Injectable, Logger } from '@nestjs/common';

/** One person's stay in the call of a room. */
export interface StayFacts {
  roomId: RoomId;
  slug: RoomSlug;
  participantId: ParticipantId;
  userId: UserId;
  displayName: string;
  at: Date;
}

/** What has happened, by name. Facts about the database are published after the commit. */
export interface Events {
  'participant-joined': StayFacts;
  'participant-left': StayFacts & { reason: LeaveReason };
  'room-updated': { room: RoomSummary };
  'room-deleted': { roomId: RoomId };
  'chat-stored': { message: ChatMessage };
}

type Subscriber<Name extends keyof Events> = (fact: Events[Name]) => void | Promise<void>;
type Subscribers = { [Name in keyof Events]: Subscriber<Name>[] };

/** Tells subscribers of past facts, in the order of their subscription. A subscriber's failure never reaches the publisher. */
@Injectable()
export class EventBus {
  private readonly logger = new Logger(EventBus.name);
  private readonly subscribers: Subscribers = {
    'participant-joined': [],
    'participant-left': [],
    'room-updated': [],
    'room-deleted': [],
    'chat-stored': [],
  };

  subscribe<Name extends keyof Events>(name: Name, subscriber: Subscriber<Name>): void {
    this.subscribers[name].push(subscriber);
  }

  publish<Name extends keyof Events>(name: Name, fact: Events[Name]): void {
    for (const subscriber of this.subscribers[name]) {
      try {
        const pending = subscriber(fact);
        if (pending) pending.catch((error: unknown) => this.log(name, error));
      } catch (error) {
        this.log(name, error);
      }
    }
  }

  private log(name: keyof Events, error: unknown): void {
    this.logger.error(`A subscriber of ${name} failed.`, error instanceof Error ? error.stack : String(error));
  }
}
