import { AudioSelection } from './audio-selection.js';

const TICK_MS = 250;
const PLACES = 4;

/** A room of microphones m0, m1, … and a clock. */
function room(size: number) {
  const selection = new AudioSelection(PLACES);
  let nowMs = 0;
  for (let index = 0; index < size; index += 1) {
    selection.add(`m${index}`, 0, nowMs);
  }
  return {
    selection,
    now: () => nowMs,
    /** Lets time pass with these levels (dBov) measured at every tick. */
    talk(levels: Record<string, number>, ticks = 1): void {
      for (let tick = 0; tick < ticks; tick += 1) {
        nowMs += TICK_MS;
        selection.measure(0, new Map(Object.entries(levels)), nowMs);
      }
    },
    pass(ms: number): void {
      nowMs += ms;
      selection.update(nowMs);
    },
  };
}

describe('who is heard', () => {
  it('lets everybody hear everybody when there are no more microphones than places, and one more', () => {
    const { selection } = room(PLACES + 1);
    for (const listener of ['m0', 'm4']) {
      expect(selection.heardBy(listener)).toHaveLength(PLACES);
      expect(selection.heardBy(listener)).not.toContain(listener);
    }
  });

  it('gives everybody exactly as many others as there are places, speakers too', () => {
    const { selection, talk } = room(50);
    talk({ m10: -30, m20: -30, m30: -30, m40: -30, m45: -40 }, 12);
    for (const listener of ['nobody', 'm10', 'm45', 'm3']) {
      expect(selection.heardBy(listener)).toHaveLength(PLACES);
      expect(selection.heardBy(listener)).not.toContain(listener);
    }
    expect(selection.heardBy('m10')).toContain('m45');
  });

  it('opens for a newcomer with the first measurement, in place of the one who has been quiet the longest', () => {
    const { selection, talk } = room(10);
    talk({ m0: -30 });
    talk({ m1: -30 });
    talk({ m2: -30 });
    talk({ m3: -30 });
    talk({}, 8);
    talk({ m7: -45 });
    expect(selection.heardBy('listener').sort()).toEqual(['m1', 'm2', 'm3', 'm7']);
  });

  it('does not flap when more people than places talk at similar levels', () => {
    const { selection, talk } = room(8);
    const seen = new Set<string>();
    for (let tick = 0; tick < 200; tick += 1) {
      const levels = Object.fromEntries(
        Array.from({ length: 8 }, (_, index) => [`m${index}`, -30 + 3 * Math.sin(tick * 1.7 + index * 2.3)]),
      );
      talk(levels);
      seen.add(selection.heardBy('listener').join());
    }
    expect(seen.size).toBe(1);
  });

  it('lets somebody clearly louder in although all places are taken by people who talk', () => {
    const { selection, talk } = room(8);
    const noise = { m0: -50, m1: -50, m2: -49, m3: -48 };
    talk(noise, 12);
    talk({ ...noise, m6: -25 });
    expect(selection.heardBy('listener')).toContain('m6');
  });

  it('keeps somebody who pauses between two words', () => {
    const { selection, talk } = room(8);
    const others = { m1: -30, m2: -30, m3: -30 };
    talk({ ...others, m0: -30 }, 12);
    talk({ ...others, m5: -30 });
    expect(selection.heardBy('listener')).toContain('m0');
  });

  it('gives the place of somebody muted to whoever is there', () => {
    const { selection, now } = room(6);
    selection.setPaused('m0', true, now());
    expect(selection.heardBy('listener')).toHaveLength(PLACES);
    expect(selection.heardBy('listener')).not.toContain('m0');
    expect(selection.flowing()).not.toContain('m0');
  });

  it('fills the place of somebody who leaves', () => {
    const { selection, now } = room(7);
    selection.remove('m1', now());
    expect(selection.heardBy('listener')).toHaveLength(PLACES);
    expect(selection.flowing()).not.toContain('m1');
  });

  it('measures each group by itself', () => {
    const selection = new AudioSelection(1);
    selection.add('a', 0, 0);
    selection.add('b', 1, 0);
    selection.add('c', 1, 0);
    selection.measure(1, new Map([['c', -30]]), 250);
    selection.measure(0, new Map(), 300);
    expect(selection.heardBy('listener')).toEqual(['c']);
    expect(selection.activeSpeakers()).toEqual(['c']);
  });
});

describe('a hint that somebody begins to speak', () => {
  it('opens at once', () => {
    const { selection, now } = room(10);
    selection.hint('m9', true, now());
    expect(selection.heardBy('listener')).toContain('m9');
  });

  it('counts less than a measured speaker', () => {
    const { selection, talk, now } = room(10);
    talk({ m0: -30, m1: -30, m2: -30, m3: -30 }, 12);
    selection.hint('m9', true, now());
    expect(selection.heardBy('listener')).not.toContain('m9');
  });

  it('of somebody who stays silent gives the place back, and is not believed again for a while', () => {
    const { selection, talk, now, pass } = room(10);
    talk({ m0: -30, m1: -30, m2: -30, m3: -30 });
    pass(1_000);
    selection.hint('m9', true, now());
    const displaced = ['m0', 'm1', 'm2', 'm3'].filter((id) => !selection.heardBy('listener').includes(id));
    expect(displaced).toHaveLength(1);
    for (let hints = 0; hints < 8; hints += 1) {
      pass(250);
      selection.hint('m9', true, now());
    }
    expect(selection.heardBy('listener').sort()).toEqual(['m0', 'm1', 'm2', 'm3']);
  });

  it('keeps the place when a measurement follows', () => {
    const { selection, talk, now, pass } = room(10);
    selection.hint('m9', true, now());
    talk({ m9: -30 });
    pass(3_000);
    expect(selection.heardBy('listener')).toContain('m9');
  });
});

describe('active speakers', () => {
  it('are at most four, loudest first', () => {
    const { selection, talk } = room(10);
    talk({ m0: -50, m1: -20, m2: -40, m3: -30, m4: -53 }, 4);
    expect(selection.activeSpeakers()).toEqual(['m1', 'm3', 'm2', 'm0']);
  });

  it('are none after a second of silence, told by the time that update asks for', () => {
    const { selection, talk, now, pass } = room(3);
    talk({ m0: -30 });
    const next = selection.update(now()) ?? 0;
    expect(next).toBeGreaterThan(now());
    pass(next - now());
    expect(selection.activeSpeakers()).toEqual([]);
    expect(selection.update(now())).toBeUndefined();
  });

  it('do not change their order for small differences', () => {
    const { selection, talk } = room(3);
    talk({ m0: -30, m1: -33 }, 4);
    talk({ m0: -33, m1: -29 }, 4);
    expect(selection.activeSpeakers()).toEqual(['m0', 'm1']);
    talk({ m0: -45, m1: -25 }, 8);
    expect(selection.activeSpeakers()).toEqual(['m1', 'm0']);
  });

  it('do not name somebody who muted', () => {
    const { selection, talk, now } = room(3);
    talk({ m0: -30 });
    selection.setPaused('m0', true, now());
    expect(selection.activeSpeakers()).toEqual([]);
  });
});
