import { Duplex } from 'node:stream';
import { writeOnceATurn } from './one-write-a-turn.js';

/** A socket that remembers what each write to the system carried. */
class Line extends Duplex {
  readonly writes: string[] = [];

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.writes.push(String(chunk));
    done();
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.writes.push(chunks.map(({ chunk }) => String(chunk)).join(''));
    done();
  }
}

/** As `ws` sends a frame: its header and its payload in one write. */
function sendFrame(line: Line, payload: string): void {
  line.cork();
  line.write('#');
  line.write(payload);
  line.uncork();
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('what a client is sent', () => {
  it('in one turn of the event loop is one write', async () => {
    const line = new Line();
    writeOnceATurn(line);
    for (const payload of ['a', 'b', 'c']) sendFrame(line, payload);
    expect(line.writes).toEqual([]);
    await nextTurn();
    expect(line.writes).toEqual(['#a#b#c']);
  });

  it('in the next turn does not wait any longer', async () => {
    const line = new Line();
    writeOnceATurn(line);
    sendFrame(line, 'a');
    await nextTurn();
    sendFrame(line, 'b');
    await nextTurn();
    expect(line.writes).toEqual(['#a', '#b']);
  });

  it('is a write a frame without it', () => {
    const line = new Line();
    for (const payload of ['a', 'b', 'c']) sendFrame(line, payload);
    expect(line.writes).toEqual(['#a', '#b', '#c']);
  });
});
