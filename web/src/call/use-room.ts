import type { LobbyEntry, Participant, ParticipantId } from '@minimeet/protocol';
import type { ConnectionState, MediaState, Room } from '@minimeet/sdk';
import { useMemo, useSyncExternalStore } from 'react';
import { batchedStore } from '../ui/batched-store.js';

/** The page's view of a room: a new object whenever anything in the room has changed. */
export interface RoomState {
  name: string;
  self: Participant;
  /** The longest-present first. */
  others: Participant[];
  activeSpeakers: readonly ParticipantId[];
  /** People who ask to come in, for those who may let them. */
  lobby: readonly LobbyEntry[];
  connection: ConnectionState;
  media: MediaState | null;
}

const EVENTS = [
  'participant-joined',
  'participant-left',
  'participant-updated',
  'track-added',
  'track-changed',
  'track-removed',
  'active-speakers',
  'lobby-changed',
  'settings-changed',
  'connection-changed',
  'media-changed',
  'room-changed',
  'publication-closed',
] as const;

export function useRoom(room: Room): RoomState {
  const store = useMemo(() => roomStore(room), [room]);
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}

function roomStore(room: Room) {
  return batchedStore(
    () => read(room),
    (changed) => EVENTS.map((event) => room.on(event, changed)),
  );
}

function read(room: Room): RoomState {
  return {
    name: room.name,
    self: room.self,
    others: [...room.participants.values()].sort((a, b) => a.joinedAt.localeCompare(b.joinedAt)),
    activeSpeakers: room.activeSpeakers,
    lobby: room.lobby,
    connection: room.connection,
    media: room.media,
  };
}
