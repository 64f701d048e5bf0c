import { setTimeout as sleep } from 'node:timers/promises';
import { shutDownPeers, SyntheticPeer, type SyntheticPeerOptions } from './index.js';
import { SmallSfu } from './testing/small-sfu.js';
import { streamOf, until } from './testing/waiting.js';

/** mediasoup's own default at the beginning (bit/s). */
const INITIAL_BPS = 600_000;

describe('what a synthetic peer tells the server of its path', () => {
  let sfu: SmallSfu;
  const peers: SyntheticPeer[] = [];

  beforeEach(async () => {
    sfu = await SmallSfu.create();
  });
  afterEach(async () => {
    peers.splice(0).forEach((peer) => peer.close());
    await sfu.close();
  });
  afterAll(() => shutDownPeers());

  const enter = async (options: Partial<SyntheticPeerOptions>): Promise<SyntheticPeer> => {
    const peer = await SyntheticPeer.join({ url: sfu.url, accessToken: 'any', room: 'room', ...options });
    peers.push(peer);
    await peer.connected();
    return peer;
  };

  /** @returns the server's newest estimate of the path to the second peer, in bit/s. */
  const estimate = async (): Promise<number> => (await sfu.availableBitrates())[1] ?? NaN;

  /** @returns the estimates of each half second, until the newest fits. */
  const estimatesUntil = async (fits: (newest: number, all: number[]) => boolean): Promise<number[]> => {
    const estimates: number[] = [];
    for (let newest = NaN; estimates.length < 30 && !fits(newest, estimates); estimates.push(newest)) {
      await sleep(500);
      newest = await estimate();
    }
    return estimates;
  };

  it('a good path is believed to carry more than at the start', async () => {
    await enter({ publish: ['camera'], resolution: '720p' });
    const watcher = await enter({});
    const camera = await streamOf(watcher, 'camera');
    const estimates = await estimatesUntil((bps) => bps > INITIAL_BPS * 1.15);
    expect(Math.max(...estimates)).toBeGreaterThan(INITIAL_BPS * 1.15);
    // The middle layer fits into what it begins with.
    await until(() => (camera.size?.height ?? 0) >= 360);
    expect(camera.lost).toBe(0);
  }, 30_000);

  it('a path that loses 30 % is believed to carry ever less', async () => {
    await enter({ publish: ['camera'], resolution: '720p' });
    await enter({ impair: { lossRatio: 0.3 } });
    // It falls by a third a second, until a probe lets it begin anew, anywhere up to three times the start.
    const fallen = (newest: number, all: number[]): boolean => newest > 0 && newest < 0.5 * Math.max(...all);
    const estimates = await estimatesUntil(fallen);
    expect(fallen(estimates.at(-1) ?? NaN, estimates)).toBe(true);
  }, 40_000);
});
