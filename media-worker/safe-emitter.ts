import { EventEmitter } from 'node:events';
import type { MediaSettings } from './options.js';

/** Each event of a map from names to arguments, as the arguments of `emit`. */
export type Fact<Events extends EventMap<Events>> = {
  [Name in keyof Events & string]: [name: Name, ...args: Events[Name]];
}[keyof Events & string];

type EventMap<Events> = Record<keyof Events, unknown[]>;

/** An emitter whose listeners harm neither its owner nor each other: one may throw, or return a rejected promise. */
export class SafeEmitter<Events extends EventMap<Events>> extends EventEmitter<Events> {
  readonly #onError: MediaSettings['onError'];

  /** @param settings `onError` hears what a listener throws, and of which event it was. */
  constructor({ onError }: Pick<MediaSettings, 'onError'>) {
    super();
    this.#onError = onError;
  }

  /** Use instead of `emit`. */
  protected tell(...[name, ...args]: Fact<Events>): void {
    const failed = (error: unknown): void => {
      this.#onError(error, `listener of ${name}`);
    };
    // The raw ones, so that those of `once` go.
    for (const listener of EventEmitter.prototype.rawListeners.call(this, name)) {
      try {
        const result: unknown = Reflect.apply(listener, this, args);
        if (result instanceof Promise) {
          result.catch(failed);
        }
      } catch (error) {
        failed(error);
      }
    }
  }
}
