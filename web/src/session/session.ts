import type { Session, User } from '@minimeet/protocol';
import { MiniMeetApi } from '@minimeet/sdk';
import { useSyncExternalStore } from 'react';

const STORAGE_KEY = 'minimeet-session';
const LOCK = 'minimeet-session';

const listeners = new Set<() => void>();
let session = readStored();
let api = apiFor(session);

/** The signed-in person, guests included; `null` when nobody is. */
export function useUser(): User | null {
  return useSyncExternalStore(subscribe, () => session)?.user ?? null;
}

/** The signed-in person when they have an account of their own. A guest has none: they may only enter one room. */
export function useAccount(): User | null {
  const user = useUser();
  return user?.email ? user : null;
}

/** For what needs nobody signed in: register, log in, come as a guest. */
export function signIn(enter: (api: MiniMeetApi) => Promise<Session>): Promise<Session> {
  return enter(api);
}

/** Calls the REST API as the person who is signed in. @throws MiniMeetError */
export async function withApi<Reply>(call: (api: MiniMeetApi) => Promise<Reply>): Promise<Reply> {
  await freshToken();
  return call(api);
}

/**
 * A token for the socket. Windows of one browser share the session, and a refresh token that is used twice ends it:
 * so one window refreshes at a time, and the others take what it got.
 */
export function freshToken(): Promise<string> {
  return oneWindowAtATime(() => {
    adopt(readStored());
    return api.accessToken();
  });
}

export async function signOut(): Promise<void> {
  await api.logout();
}

function oneWindowAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
  // Web Locks exist on secure pages only. Elsewhere there is no camera either, and windows are few.
  if (!('locks' in navigator)) return work();
  return navigator.locks.request(LOCK, work);
}

function adopt(stored: Session | null): void {
  if (!stored || stored.refreshToken === session?.refreshToken) return;
  session = stored;
  api = apiFor(stored);
  notify();
}

function apiFor(initial: Session | null): MiniMeetApi {
  const created = new MiniMeetApi({
    session: initial,
    onSession: (next) => {
      // A late answer to a session that another window has replaced.
      if (created === api) keep(next);
    },
  });
  return created;
}

function keep(next: Session | null): void {
  session = next;
  try {
    if (next) localStorage.setItem(STORAGE_KEY, JSON.stringify(next));
    else localStorage.removeItem(STORAGE_KEY);
  } catch {
    // Storage is full or forbidden: the session then lasts as long as the page.
  }
  notify();
}

function notify(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function readStored(): Session | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null');
    return isSession(stored) ? stored : null;
  } catch {
    return null;
  }
}

function isSession(value: unknown): value is Session {
  return (
    typeof value === 'object' && value !== null && 'accessToken' in value && 'refreshToken' in value && 'user' in value
  );
}

window.addEventListener('storage', ({ key }) => {
  if (key !== STORAGE_KEY && key !== null) return;
  const stored = readStored();
  if (stored) return adopt(stored);
  session = null;
  api = apiFor(null);
  notify();
});
