import type { Participant, VideoSource } from '@minimeet/protocol';
import type { Room } from '@minimeet/sdk';
import type { LocalMediaState } from '../devices/local-media.js';

/** One picture of the stage: a person, or a screen that somebody shares. */
export interface TileModel {
  key: string;
  participantId: string;
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
}

/** The tiles of one's own camera and of everybody else's, oneself first. */
export function peopleTiles(room: Room, local: LocalMediaState, others: readonly Participant[]): TileModel[] {
  const speaking = new Set(room.activeSpeakers);
  const { self } = room;
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
  };
  return [own, ...others.map((other) => remoteTile(room, other, 'camera', speaking.has(other.id)))];
}

/** The screens of the others: one's own is on one's own screen already, and would be a hall of mirrors. */
export function screenTiles(room: Room, others: readonly Participant[]): TileModel[] {
  return others
    .filter(({ publications }) => publications.some(({ source }) => source === 'screen'))
    .map((other) => remoteTile(room, other, 'screen', false));
}

function remoteTile(room: Room, person: Participant, source: VideoSource, speaking: boolean): TileModel {
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
    speaking,
  };
}
