import type { JoinPhases } from '@minimeet/protocol';

/** `picture`, `packet`: the first of somebody else; `packet` where there is no picture to wait for. */
type Moment = 'clicked' | 'welcomed' | 'asked' | 'acked' | 'receiving' | 'picture' | 'packet';

/** The times of one join's steps. Only the first time counts: a repetition after a lost connection is no join. */
export class JoinClock {
  readonly #reachedAt: { [Name in Moment]?: number } = {};

  /** @param at `performance.now()` of then. */
  reach(moment: Moment, at = performance.now()): void {
    this.#reachedAt[moment] ??= at;
  }

  has(moment: Moment): boolean {
    return this.#reachedAt[moment] !== undefined;
  }

  /** As far as it came. */
  get phases(): JoinPhases {
    const { clicked, welcomed, asked, acked, receiving, picture, packet } = this.#reachedAt;
    // Media that was prepared is connected before it is asked for.
    const connected = acked === undefined || receiving === undefined ? undefined : Math.max(acked, receiving);
    const phases: { [Name in keyof JoinPhases]: number | undefined } = {
      socket: between(clicked, welcomed),
      ack: between(asked, acked),
      media: between(acked, connected),
      first_frame: between(connected, picture),
      total: between(clicked, picture ?? packet),
    };
    return Object.fromEntries(Object.entries(phases).filter(([, ms]) => ms !== undefined));
  }
}

function between(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : Math.max(0, Math.round(to - from));
}
