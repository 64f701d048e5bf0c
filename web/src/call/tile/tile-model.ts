import type { Participant, ParticipantId, VideoSource } from '@minimeet/protocol';
import type { Room } from '@minimeet/sdk';
import type { LocalMediaState } from '../../devices/local-media.js';

/** One picture of the stage: a person, or a screen that somebody shares. */
export interface TileModel {
  key: string;
  participantId: ParticipantId;
  source: VideoSource;
  /** The person's name. */
  name: string;
  isSelf: boolean;
  /** `null` while there is no picture: the camera is off, or it is on its way. */
  track: MediaStreamTrack | null;
  /** They send a picture, whether or not it is here. */
  hasVideo: boolean;
  /** The picture is here but the server sends nothing on it. */
  held: boolean;
  muted: boolean;
  speaking: boolean;
  /** Their place in the line of raised hands, from 1; `null` when it is down. */
  hand: number | null;
  away: boolean;
}

/** The tiles of one's own camera and of everybody else's, oneself first. */
export function peopleTiles(room: Room, local: LocalMediaState, others: readonly Participant[]): TileModel[] {
  const speaking = new Set(room.activeSpeakers);
  const { self } = room;
  const hands = handsInOrder([self, ...others]);
  const own: TileModel = {
    key: 'self',
    participantId: self.id,
    source: 'camera',
    name: self.displayName,
    isSelf: true,
    track: local.camera.track,
    hasVideo: local.camera.on && local.camera.failure === null,
    held: false,
    muted: !local.microphone.on || local.microphone.track === null,
    speaking: speaking.has(self.id) && local.microphone.on,
    hand: hands.get(self.id) ?? null,
    away: self.away,
  };
  return [
    own,
    ...others.map((other) => ({
      ...remoteTile(room, other, 'camera'),
      speaking: speaking.has(other.id),
      hand: hands.get(other.id) ?? null,
      away: other.away,
    })),
  ];
}

/** The screens of the others: one's own is on one's own screen already, and would be a hall of mirrors. */
export function screenTiles(room: Room, others: readonly Participant[]): TileModel[] {
  return others
    .filter(({ publications }) => publications.some(({ source }) => source === 'screen'))
    .map((other) => remoteTile(room, other, 'screen'));
}

/** @returns each raised hand's place in the line, from 1 for the one raised first. */
function handsInOrder(people: readonly Participant[]): Map<ParticipantId, number> {
  return new Map(
    people
      .flatMap(({ id, handRaisedAt }) => (handRaisedAt === null ? [] : [{ id, handRaisedAt }]))
      .sort((a, b) => a.handRaisedAt.localeCompare(b.handRaisedAt))
      .map(({ id }, index) => [id, index + 1]),
  );
}

/** Whether both would look the same. */
export function isSameTile(a: TileModel, b: TileModel): boolean {
  const keys = Object.keys(a) as (keyof TileModel)[];
  return keys.every((key) => a[key] === b[key]);
}

function remoteTile(room: Room, person: Participant, source: VideoSource): TileModel {
  const publication = person.publications.find((candidate) => candidate.source === source);
  const remote = room.track(person.id, source);
  const hasVideo = publication !== undefined && !publication.paused;
  const microphone = person.publications.find((candidate) => candidate.source === 'microphone');
  return {
    key: `${source}-${person.id}`,
    participantId: person.id,
    source,
    name: person.displayName,
    isSelf: false,
    track: hasVideo && remote ? remote.track : null,
    hasVideo,
    held: hasVideo && remote !== undefined && remote.paused,
    muted: microphone === undefined || microphone.paused,
    speaking: false,
    hand: null,
    away: false,
  };
}
