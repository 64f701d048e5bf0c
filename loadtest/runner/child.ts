import { LoadCrew } from './load-crew.js';
import type { FromChild, ToChild } from './messages.js';
import { shutDownPeers } from '../index.js';

/** One of the load tester's processes: brings its share of the people, as the parent says. */
let crew: LoadCrew | null = null;

const send = (message: FromChild): void => void process.send?.(message);

process.on('message', (message: ToChild) => {
  switch (message.type) {
    case 'assign':
      crew = new LoadCrew(message.assignment, (report) => send({ type: 'second', report }));
      send({ type: 'ready' });
      return;
    case 'start':
      crew?.start(message.atEpochMs);
      return;
    case 'measure':
      crew?.measure(message.atEpochMs);
      return;
    case 'finish':
      void finish();
      return;
  }
});
// Ctrl-C reaches the whole group; the parent decides what to do about it.
process.on('SIGINT', () => undefined);
// Nobody is left who could read the report.
process.on('disconnect', () => process.exit(1));

async function finish(): Promise<void> {
  const tracks = (await crew?.finish()) ?? { expected: 0, received: 0 };
  process.send?.({ type: 'finished', tracks } satisfies FromChild, () => {
    shutDownPeers();
    // Native threads may outlive what they served.
    process.exit(0);
  });
}
