import type { MediaSource } from '@minimeet/protocol';

export const LAYOUTS = ['speaker', '3x3', '4x4', '5x5', 'all'] as const;
/** The arrangement of people on the screen. */
export type Layout = (typeof LAYOUTS)[number];

export const RESOLUTIONS = ['180p', '360p', '720p'] as const;
/** The largest layer that cameras send. */
export type Resolution = (typeof RESOLUTIONS)[number];

/** Some rooms of one shape. Counts of people are per room. */
export interface Group {
  rooms: number;
  /** Send camera and microphone, and receive as all do. */
  publishers: number;
  /** Send a microphone only, and receive. */
  audioPublishers: number;
  /** Receive only. */
  subscribers: number;
  layout: Layout;
  /** How many times a minute somebody of the group leaves and somebody else comes. */
  churnPerMinute: number;
  /** Microphones take turns; otherwise all speak all the time. */
  simulateSpeakers: boolean;
  resolution: Resolution;
  simulcast: boolean;
  /** The first publisher of each room shows a screen too. */
  screenShare: boolean;
}

/** Damage by the network to the packets of the load tester's people, in both directions. */
export interface Impairment {
  /** 0..1 */
  lossRatio?: number;
  delayMs?: number;
}

/** One run: its people, its length and its server. */
export interface Load {
  title: string;
  groups: Group[];
  /** The length of the measured part, after everybody has come. */
  durationSeconds: number;
  /** People come evenly over this time. */
  rampSeconds: number;
  seed: number;
  /** The server's origin. */
  url: string;
  /** The token of the account that makes the rooms; a new account when absent. */
  token?: string;
  loadTestKey?: string;
  /** `null`: the default address, if anybody answers there. */
  metricsUrl: string | null;
  metricsToken?: string;
  /** `null`: as many as the people and the processors call for. */
  processes: number | null;
  impair: Impairment;
}

/** The sources that people of a kind publish. */
export type Publishing = Extract<MediaSource, 'camera' | 'microphone' | 'screen'>;

export function peoplePerRoom({ publishers, audioPublishers, subscribers }: Group): number {
  return publishers + audioPublishers + subscribers;
}

export function peopleOf(groups: readonly Group[]): number {
  return groups.reduce((sum, group) => sum + group.rooms * peoplePerRoom(group), 0);
}

/** Such as `4 rooms with 10 publishers`. */
export function titleOf(groups: readonly Group[]): string {
  return groups
    .map((group) => {
      const kinds = [
        named(group.publishers, 'publisher'),
        named(group.audioPublishers, 'microphone'),
        named(group.subscribers, 'subscriber'),
      ].filter((kind) => kind !== null);
      return `${named(group.rooms, 'room')} with ${kinds.join(' and ')}`;
    })
    .join(', ');
}

function named(count: number, noun: string): string | null {
  return count === 0 ? null : `${count} ${noun}${count === 1 ? '' : 's'}`;
}
