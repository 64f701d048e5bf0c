import type { EventEmitter } from 'node:events';
import type { MediaSettings } from './options.js';

export type Listeners = ReturnType<EventEmitter['rawListeners']>;

/**
 * Tells each listener. One that throws, or whose promise is rejected, concerns neither the other listeners nor the teller.
 *
 * @param listeners the raw ones of an emitter, so that those of `once` go.
 * @param onError hears which event it was.
 */
export function tellEach(
  listeners: Listeners,
  args: readonly unknown[],
  name: string,
  { onError }: Pick<MediaSettings, 'onError'>,
): void {
  const failed = (error: unknown): void => {
    onError(error, `listener of ${name}`);
  };
  for (const listener of listeners) {
    try {
      const result: unknown = Reflect.apply(listener, undefined, args);
      if (result instanceof Promise) {
        result.catch(failed);
      }
    } catch (error) {
      failed(error);
    }
  }
}
