import { type LiveState, LiveTable } from './live-table.js';

const STATE: LiveState = {
  stage: 'measuring',
  progress: 0.5,
  secondsLeft: 95,
  people: 38,
  peopleWanted: 40,
  joins: 39,
  joinFailures: 1,
  receivedBps: 222e6,
  latencyP50Ms: 7.93,
  latencyP99Ms: 21.4,
  lossRatio: 0.00167,
  freezes: 0,
  workerCpuRatio: 1.2,
  testerCpuRatio: null,
};

/** A terminal that executes its input as far as the table needs: lines, erasing and going up. Wraps at its width. */
class Terminal {
  readonly isTTY = true;
  readonly written: string[] = [];
  #rows: string[] = [''];

  constructor(public columns: number) {}

  write(text: string): void {
    this.written.push(text);
    for (const [, up, erase, colour, newline, character] of text.matchAll(
      // eslint-disable-next-line no-control-regex -- The escape character is what commands begin with.
      /\x1b\[(\d+)A|(\x1b\[J)|(\x1b\[\d+m)|\r?(\n)|([^\x1b])/gu,
    )) {
      if (up !== undefined) this.#rows.length -= Number(up);
      else if (erase !== undefined) this.#rows[this.#rows.length - 1] = '';
      else if (newline !== undefined) this.#rows.push('');
      else if (character !== undefined && character !== '\r') this.#put(character);
      else expect(colour ?? '\r').toBeDefined();
    }
  }

  get screen(): string[] {
    return this.#rows.slice(0, -1);
  }

  #put(character: string): void {
    if ((this.#rows.at(-1) ?? '').length === this.columns) this.#rows.push('');
    this.#rows[this.#rows.length - 1] += character;
  }
}

describe('on a terminal, the table', () => {
  it('is replaced by the next one, below the notes that stay', () => {
    const terminal = new Terminal(100);
    const table = new LiveTable(terminal, { environment: {} });
    table.update({ ...STATE, people: 1 });
    table.update(STATE);
    table.note('the server was restarted');
    table.update({ ...STATE, people: 39 });
    expect(terminal.screen.map((line) => line.trimEnd())).toEqual([
      'the server was restarted',
      'measuring ████████████░░░░░░░░░░░░ 1:35 left',
      'people  joins  failed  in         p50      p99      loss     freezes  workers  tester',
      '39/40   39     1       222 Mbps   7.93 ms  21.4 ms  0.167 %  0        120 %    –',
    ]);
    table.close();
    expect(terminal.screen).toEqual(['the server was restarted']);
  });

  it.each([20, 30, 45, 80, 200])('does not break a line at %d columns, and goes away without a trace', (columns) => {
    const terminal = new Terminal(columns);
    const table = new LiveTable(terminal, { environment: {} });
    for (let i = 0; i < 3; i++) table.update({ ...STATE, people: 1_234_567, peopleWanted: 2_000_000 });
    expect(terminal.screen[0]).toMatch(/1:35 left/);
    expect(terminal.screen.filter((line) => line.includes('measuring'))).toHaveLength(1);
    expect(terminal.screen.filter((line) => line.length >= columns)).toEqual([]);
    expect(terminal.screen.join(' ')).toContain('tester');
    table.close();
    expect(terminal.screen).toEqual([]);
  });

  it('paints what is bad, unless NO_COLOR is set', () => {
    const colourful = new Terminal(100);
    new LiveTable(colourful, { environment: { NO_COLOR: '' } }).update(STATE);
    expect(colourful.written.join('')).toContain('\x1b[31m1     \x1b[0m');
    const plain = new Terminal(100);
    new LiveTable(plain, { environment: { NO_COLOR: '1' } }).update(STATE);
    expect(plain.written.join('')).not.toContain('\x1b');
  });

  it('leaves every write complete: no open colour, no hidden cursor, no open line', () => {
    const terminal = new Terminal(60);
    const table = new LiveTable(terminal, { environment: {} });
    table.update(STATE);
    table.note('note');
    table.update(STATE);
    for (const text of terminal.written) {
      expect(text).toMatch(/\n$/);
      expect(text).not.toContain('\x1b[?');
      expect(text.lastIndexOf('\x1b[0m')).toBeGreaterThan(
        Math.max(text.lastIndexOf('\x1b[31m'), text.lastIndexOf('\x1b[2m')),
      );
    }
  });
});

describe('elsewhere', () => {
  it.each<[string, { isTTY?: boolean }, Record<string, string>]>([
    ['in a file', {}, {}],
    ['in a dumb terminal', { isTTY: true }, { TERM: 'dumb' }],
  ])('%s there is a plain line every 5 s', (_where, stream, environment) => {
    const written: string[] = [];
    let now = 0;
    const table = new LiveTable({ ...stream, write: (text) => written.push(text) }, { environment, now: () => now });
    for (; now < 11_000; now += 500) table.update(STATE);
    table.note('a note');
    table.close();
    const line =
      'measuring, 1:35 left · people 38/40 · joins 39, failed 1 · in 222 Mbps · latency p50 7.93 ms, p99 21.4 ms · ' +
      'loss 0.167 % · freezes 0 · workers 120 % · tester –\n';
    expect(written.join('')).toBe(`${line}${line}${line}a note\n`);
  });
});
