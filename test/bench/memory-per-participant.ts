import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark } from './result.js';
import { RoomsOfFour, SEATS } from './rooms-of-four.js';
import { ServerProcess } from './server-process.js';

const PEOPLE = 80;
const SETTLE_MS = 5_000;

export const memoryPerParticipant: Benchmark = {
  name: 'memory-per-participant',
  what: `resident memory of server and worker for each of ${PEOPLE} people in rooms of four, with camera and microphone`,
  async run(log) {
    const server = await ServerProcess.start({ MEDIA_WORKERS: '1', CONSUMERS_PER_SLOT: '10000' });
    const rooms = await RoomsOfFour.at(server);
    try {
      // A first call loads what every later one uses too.
      await rooms.fill(SEATS);
      await sleep(SETTLE_MS);
      await rooms.leave();
      await sleep(SETTLE_MS);
      const before = await server.memoryBytes();
      await rooms.fill(PEOPLE);
      await sleep(SETTLE_MS);
      const after = await server.memoryBytes();
      const growth = (part: 'server' | 'workers'): number => (after[part] - before[part]) / PEOPLE;
      log(
        `server ${mebibytes(before.server)} → ${mebibytes(after.server)}, worker ${mebibytes(before.workers)} → ${mebibytes(after.workers)}`,
      );
      return [
        {
          name: 'memory per participant',
          value: growth('server') + growth('workers'),
          unit: 'bytes',
          aim: null,
          baseline: `resident: server ${Math.round(growth('server') / 1024)} KiB, worker ${Math.round(growth('workers') / 1024)} KiB; what the server's collector has not freed yet is in it`,
        },
      ];
    } finally {
      rooms.close();
      await server.stop();
    }
  },
};

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}
