import type { MediaSource } from '@minimeet/protocol';
import { MiniMeetClient, MiniMeetError, type EndReason, type Room } from '@minimeet/sdk';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { LocalMedia } from '../devices/local-media.js';
import { freshToken, signIn, useUser } from '../session/session.js';
import { useOnce } from '../ui/use-once.js';
import { initialView } from '../call/initial-view.js';

type Visit =
  | { phase: 'before' }
  /** In the lobby, until somebody in the call answers. */
  | { phase: 'waiting' }
  /** Nobody let them in. */
  | { phase: 'denied' }
  | { phase: 'in'; room: Room; client: MiniMeetClient }
  | { phase: 'over'; reason: EndReason };

/** A person's answer to the door of a room. */
export interface DoorAnswer {
  /** The name of somebody who has no account and comes with an invite. */
  guestName?: string;
  /** The password of a room that wants one. */
  password?: string;
}

/** One person's visit of one room: the connection to the server, the lobby, joining, leaving, coming again. */
export function useVisit(slug: string, invite: string | null, media: LocalMedia) {
  const [visit, setVisit] = useState<Visit>({ phase: 'before' });
  const [failure, setFailure] = useState<unknown>(null);
  const client = useClient();
  const lobby = useRef<AbortController | null>(null);
  const signedIn = useUser() !== null;
  usePreparation(client, slug, media, signedIn && visit.phase === 'before');
  useQuickLeave(visit.phase === 'in' ? visit.room : null);
  useEffect(() => () => lobby.current?.abort(), []);

  const { busy, run } = useOnce(
    async ({ guestName, password }: DoorAnswer) => {
      setFailure(null);
      if (guestName !== undefined && invite !== null) {
        await signIn((api) => api.guest({ displayName: guestName, invite }));
      }
      const enter = () =>
        client.current().join(slug, {
          view: initialView(),
          publish: tracksOf(media),
          ...(invite !== null && { invite }),
          ...(password !== undefined && { password }),
        });
      const room = await enter().catch(async (error: unknown) => {
        if (!isAdmissionWanted(error)) throw error;
        setVisit({ phase: 'waiting' });
        const waiting = (lobby.current = new AbortController());
        return (await client.current().requestAdmission(slug, { signal: waiting.signal })) === 'admitted'
          ? enter()
          : null;
      });
      if (!room) return setVisit({ phase: 'denied' });
      room.once('ended', (reason) => setVisit({ phase: 'over', reason }));
      setVisit({ phase: 'in', room, client: client.current() });
    },
    (error) => {
      setVisit({ phase: 'before' });
      // One's own change of mind is no failure.
      if (!lobby.current?.signal.aborted) setFailure(error);
    },
  );
  const leave = useCallback(() => {
    // Repeated calls do nothing: the first has ended the stay.
    if (visit.phase === 'in') void visit.room.leave().catch(() => undefined);
  }, [visit]);
  const stopWaiting = useCallback(() => lobby.current?.abort(), []);
  const again = useCallback(() => {
    setFailure(null);
    setVisit({ phase: 'before' });
  }, []);
  return { visit, join: run, joining: busy, failure, leave, stopWaiting, again };
}

function isAdmissionWanted(error: unknown): boolean {
  return error instanceof MiniMeetError && error.code === 'ADMISSION_REQUIRED';
}

interface ClientHolder {
  /** Makes one when there is none. */
  current: () => MiniMeetClient;
}

function useClient(): ClientHolder {
  const client = useRef<MiniMeetClient | null>(null);
  const [holder] = useState<ClientHolder>(() => ({
    current: () => (client.current ??= new MiniMeetClient({ accessToken: freshToken, client: 'web' })),
  }));
  useEffect(
    () => () => {
      client.current?.close();
      client.current = null;
    },
    [],
  );
  return holder;
}

/** Opens the media path behind the pre-join screen, once the devices had their turn: the click costs one round trip. */
function usePreparation(client: ClientHolder, slug: string, media: LocalMedia, wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return undefined;
    let prepared = false;
    const prepare = () => {
      if (prepared || !isSettled(media)) return;
      prepared = true;
      // Joining works without it, and reports what is wrong.
      client
        .current()
        .prepare(slug)
        .catch(() => undefined);
    };
    const off = media.subscribe(prepare);
    prepare();
    return off;
  }, [client, slug, media, wanted]);
}

/** The person was asked for the devices, and the devices have started or failed. */
function isSettled(media: LocalMedia): boolean {
  const { camera, microphone } = media.getSnapshot();
  const cameraSettled = !camera.on || camera.track !== null || camera.failure !== null;
  return cameraSettled && (microphone.track !== null || microphone.failure !== null);
}

/** Leaves at once when the window closes, so that the others see no frozen picture until the connection times out. */
function useQuickLeave(room: Room | null): void {
  useEffect(() => {
    if (!room) return undefined;
    const leave = () => void room.leave().catch(() => undefined);
    // Chromium drops what a socket sends in `pagehide`; Safari on phones knows no `beforeunload`.
    window.addEventListener('beforeunload', leave);
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('beforeunload', leave);
      window.removeEventListener('pagehide', leave);
      // The page shows something else: nobody would end the stay.
      leave();
    };
  }, [room]);
}

/** The tracks that the pre-join screen showed, as they were chosen there: a muted microphone is published muted. */
function tracksOf(media: LocalMedia): { track: MediaStreamTrack; source: MediaSource; paused: boolean }[] {
  const { camera, microphone } = media.getSnapshot();
  return [
    ...(camera.on && camera.track ? [{ track: camera.track, source: 'camera' as const, paused: false }] : []),
    ...(microphone.track ? [{ track: microphone.track, source: 'microphone' as const, paused: !microphone.on }] : []),
  ];
}
