import { DatabaseSearch, type IndexedCriteria } from './database-search.js';
import { termsOf } from './query.js';
import { windowOf } from './ranking.js';
import type { SearchWindow, WindowPart } from './windows.js';

/** Eight characters, as before every word of the index. */
const KEY = 'roomkey1';

/** An index that finds all messages, the newest first, whether they are hits or not. */
class FakeIndex extends DatabaseSearch {
  windows = 0;

  constructor(
    private readonly indexed: readonly string[],
    private readonly windowSize = Infinity,
  ) {
    super();
  }

  protected window({ terms }: IndexedCriteria, part: WindowPart): Promise<SearchWindow> {
    this.windows += 1;
    const { newest = '999', before = '999', oldest } = part;
    const found = this.indexed
      .map((indexed, i) => ({ id: `message ${i}`, indexed, position: String(999 - i - 1) }))
      .filter(({ position }) => position <= newest && position < before);
    const inside =
      oldest === undefined ? found.slice(0, this.windowSize) : found.filter((one) => one.position >= oldest);
    return Promise.resolve({ ...windowOf(inside, terms, part), isLast: inside.length === found.length });
  }

  protected isPosition(text: string): boolean {
    return /^\d{3}$/.test(text);
  }
}

const hit = `${KEY}plan`;
const other = `${KEY}planet`;
const criteria = { roomIds: ['room'], terms: termsOf('plan').map((term) => ({ ...term, isPrefix: false })) };

/** The ids of each page. */
async function pagesOf(index: FakeIndex, limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
    const { ids, next }: { ids: string[]; next: string | null } = await index.search(criteria, cursor, limit);
    pages.push(ids);
    cursor = next;
  }
  return pages;
}

describe('a search by the database’s own index', () => {
  it('shows each hit once, page by page and window by window', async () => {
    const index = new FakeIndex(
      Array.from({ length: 25 }, () => hit),
      10,
    );
    const pages = await pagesOf(index, 4);
    expect(pages.flat()).toEqual(Array.from({ length: 25 }, (_, i) => `message ${i}`));
    expect(Math.max(...pages.map(({ length }) => length))).toBe(4);
  });

  it('finds nothing in no room, and looks for nothing', async () => {
    const index = new FakeIndex([hit]);
    expect(await index.search({ ...criteria, roomIds: [] }, null, 10)).toEqual({ ids: [], next: null });
    expect(index.windows).toBe(0);
  });

  it('ends a page after ten windows in which hardly anything is a hit, and goes on there', async () => {
    const index = new FakeIndex([...Array.from({ length: 25 }, () => other), hit], 1);
    const first = await index.search(criteria, null, 5);
    expect(first.ids).toEqual([]);
    expect(index.windows).toBe(10);
    const second = await index.search(criteria, first.next, 5);
    const third = await index.search(criteria, second.next, 5);
    expect(third).toEqual({ ids: ['message 25'], next: null });
  });

  it.each(['nonsense', Buffer.from('1|2|3|4').toString('base64url'), Buffer.from('5|998|998').toString('base64url')])(
    'refuses a cursor that it never gave: %s',
    async (cursor) => {
      const index = new FakeIndex([hit]);
      for (const roomIds of [['room'], []]) {
        const refused = expect.objectContaining({
          code: 'INVALID_PAYLOAD',
          details: { after: [expect.any(String)] },
        }) as object;
        await expect(index.search({ ...criteria, roomIds }, cursor, 10)).rejects.toEqual(refused);
      }
    },
  );
});
