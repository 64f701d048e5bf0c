interface Store<State> {
  subscribe: (listener: () => void) => () => void;
  getSnapshot: () => State;
}

/**
 * The part of an emitter that React shows, for `useSyncExternalStore`. Events come in bursts, one for every person and
 * track of a batch or every message of a page: one rendering is enough for all of them.
 * @param listen calls back after each event; gives back what ends that, one an event.
 */
export function batchedStore<State>(read: () => State, listen: (changed: () => void) => (() => void)[]): Store<State> {
  let state = read();
  return {
    getSnapshot: () => state,
    subscribe: (listener) => {
      let waiting = false;
      const changed = () => {
        if (waiting) return;
        waiting = true;
        queueMicrotask(() => {
          waiting = false;
          state = read();
          listener();
        });
      };
      const offs = listen(changed);
      changed();
      return () => offs.forEach((off) => off());
    },
  };
}
