import { setTimeout as sleep } from 'node:timers/promises';
import { SyntheticPeer } from '@minimeet/loadtest';
import type { MiniMeetApi } from '@minimeet/sdk';
import { account, accounts, type ServerProcess } from './server-process.js';

export const SEATS = 4;
/** Between joins, so that people come as people do. */
const BETWEEN_MS = 20;

/** Rooms of four synthetic people, each with a camera of 320×180 and an open microphone, who look at each other. */
export class RoomsOfFour {
  readonly peers: SyntheticPeer[] = [];

  private constructor(
    private readonly origin: string,
    /** One account a seat: hashing hundreds of passwords would take the time that is to be measured. */
    private readonly seats: MiniMeetApi[],
    private readonly host: MiniMeetApi,
  ) {}

  static async at({ origin }: ServerProcess): Promise<RoomsOfFour> {
    return new RoomsOfFour(origin, await accounts(origin, SEATS), await account(origin, 'Host'));
  }

  /** Opens rooms until there are so many people, and waits until all media is connected. */
  async fill(people: number): Promise<void> {
    const newcomers: SyntheticPeer[] = [];
    while (this.peers.length < people) {
      const { slug: room } = await this.host.createRoom({ name: 'Four' });
      for (const api of this.seats) {
        const peer = await SyntheticPeer.join({
          url: this.origin,
          accessToken: () => api.accessToken(),
          room,
          publish: ['camera', 'microphone'],
          view: { maxTiles: SEATS, width: 320, height: 180 },
        });
        peer.setSpeaking(true);
        newcomers.push(peer);
        this.peers.push(peer);
        await sleep(BETWEEN_MS);
      }
    }
    await Promise.all(newcomers.map((peer) => peer.connected()));
  }

  async leave(): Promise<void> {
    await Promise.all(this.peers.splice(0).map((peer) => peer.leave()));
  }

  close(): void {
    this.peers.splice(0).forEach((peer) => peer.close());
  }
}
