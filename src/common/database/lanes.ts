import { SerialQueue } from '../serial-queue.js';

/** Runs tasks of one key one after another, in the order in which they came; other keys do not wait for them. */
export class Lanes<Key> {
  private readonly lanes = new Map<Key, { queue: SerialQueue; tasks: number }>();

  async run<Result>(key: Key, task: () => Promise<Result>): Promise<Result> {
    const lane = this.lanes.get(key) ?? { queue: new SerialQueue(), tasks: 0 };
    this.lanes.set(key, lane);
    lane.tasks += 1;
    try {
      return await lane.queue.run(task);
    } finally {
      lane.tasks -= 1;
      if (lane.tasks === 0) this.lanes.delete(key);
    }
  }
}
