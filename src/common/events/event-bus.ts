import { Injectable, Logger } from '@nestjs/common';
import type { Events } from './facts.js';

type Subscriber<Name extends keyof Events> = (fact: Events[Name]) => void | Promise<void>;
type Subscribers = { [Name in keyof Events]?: Subscriber<Name>[] };

/** Tells subscribers of past facts, in the order of subscription. A failing subscriber never disturbs the publisher. */
@Injectable()
export class EventBus {
  private readonly logger = new Logger(EventBus.name);
  private readonly subscribers: Subscribers = {};

  subscribe<Name extends keyof Events>(name: Name, subscriber: Subscriber<Name>): void {
    const known: Subscriber<Name>[] = (this.subscribers[name] ??= []);
    known.push(subscriber);
  }

  publish<Name extends keyof Events>(name: Name, fact: Events[Name]): void {
    for (const subscriber of this.subscribers[name] ?? []) {
      try {
        const pending = subscriber(fact);
        // A subscriber of one expression may give back something else, which nobody waits for.
        if (pending instanceof Promise) pending.catch((error: unknown) => this.log(name, error));
      } catch (error) {
        this.log(name, error);
      }
    }
  }

  private log(name: keyof Events, error: unknown): void {
    this.logger.error(`A subscriber of ${name} failed.`, error instanceof Error ? error.stack : String(error));
  }
}
