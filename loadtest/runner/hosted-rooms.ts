import { randomUUID } from 'node:crypto';
import type { Session } from '@minimeet/protocol';
import { MiniMeetApi, MiniMeetError } from '@minimeet/sdk';
import { LoadTestError } from './errors.js';
import type { Load } from './load.js';
import type { OpenRoom } from './messages.js';
import type { Plan } from './plan.js';

/** An invite outlives the longest run. */
const INVITE_SECONDS = 7 * 24 * 3600;
/** Rooms that are made, or deleted, at the same time. */
const AT_ONCE = 8;
const REACH_MS = 5_000;

/** The rooms of a run, and the account that they belong to. */
export class HostedRooms {
  readonly #api: MiniMeetApi;
  readonly #rooms: OpenRoom[] = [];

  private constructor(api: MiniMeetApi) {
    this.#api = api;
  }

  /** Makes all rooms of the plan. @throws LoadTestError and leaves none behind. */
  static async create(load: Load, plan: Plan): Promise<HostedRooms> {
    await reach(load.url);
    try {
      const hosted = new HostedRooms(await hostOf(load));
      await hosted.#create(plan);
      return hosted;
    } catch (error) {
      throw explained(error, load);
    }
  }

  /** By the plan's index of the room. */
  get rooms(): OpenRoom[] {
    return this.#rooms;
  }

  /** Deletes them, as far as that works. @returns how many are left. */
  async delete(): Promise<number> {
    let left = 0;
    await inTurns([...this.#rooms], async ({ slug }) => {
      await this.#api.deleteRoom(slug).catch(() => (left += 1));
    });
    this.#rooms.length = 0;
    return left;
  }

  async #create(plan: Plan): Promise<void> {
    try {
      await inTurns(plan.rooms, async ({ index, name }) => {
        const { slug } = await this.#api.createRoom({ name });
        this.#rooms[index] = { slug, invite: '' };
        const { token } = await this.#api.createInvite(slug, { expiresInSeconds: INVITE_SECONDS });
        this.#rooms[index] = { slug, invite: token };
      });
    } catch (error) {
      await inTurns(Object.values(this.#rooms), ({ slug }) => this.#api.deleteRoom(slug).catch(() => undefined));
      throw error;
    }
  }
}

/** @throws LoadTestError when nobody answers there. */
async function reach(url: string): Promise<void> {
  let response: Response;
  try {
    response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(REACH_MS) });
  } catch {
    throw new LoadTestError(`No server answers at ${url}. “npm start” starts one; --url names another.`);
  }
  if (response.ok) return;
  if (response.status === 503) throw new LoadTestError(`The server at ${url} is not ready: it starts or shuts down.`);
  throw new LoadTestError(`What answers at ${url} is no MiniMeet server (${response.status} for /health/ready).`);
}

async function hostOf({ url, token, loadTestKey }: Load): Promise<MiniMeetApi> {
  if (token !== undefined) return new MiniMeetApi({ url, loadTestKey, session: sessionOf(token) });
  const api = new MiniMeetApi({ url, loadTestKey });
  const email = `load-test-${randomUUID()}@example.org`;
  await api.register({ email, password: randomUUID(), displayName: 'Load test' });
  return api;
}

/** A token alone says nothing about its owner, and cannot be renewed. */
function sessionOf(accessToken: string): Session {
  const user = { id: '', email: null, displayName: '', pictureUrl: null, showLastSeen: false, createdAt: '' };
  return { accessToken, refreshToken: 'none', user };
}

function explained(thrown: unknown, { token, loadTestKey }: Load): Error {
  const error = MiniMeetError.from(thrown);
  switch (error.code) {
    case 'RATE_LIMITED':
      return new LoadTestError(
        'The server slows down who asks too often. Start it with LOAD_TEST_KEY, and give the same key by --load-test-key.',
      );
    case 'FORBIDDEN':
      return new LoadTestError(loadTestKey === undefined ? error.message : `--load-test-key: ${error.message}`);
    case 'UNAUTHENTICATED':
    case 'INVALID_REFRESH_TOKEN':
      return new LoadTestError(
        token === undefined
          ? error.message
          : '--token: the server does not accept this access token; they last 15 minutes.',
      );
    default:
      return new LoadTestError(`The rooms could not be made: ${error.message} (${error.code})`);
  }
}

async function inTurns<Item>(items: readonly Item[], act: (item: Item) => Promise<unknown>): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of waiting) await act(item);
    }),
  );
}
