import {
  JOIN_PHASES,
  type CallEvent,
  type CallEventType,
  type Direction,
  type JoinPhase,
  type JoinPhases,
  type LeaveReason,
  type MediaSource,
  type NetworkPath,
  type Quality,
  type QualitySample,
} from '@minimeet/protocol';

export const QUALITY_WORDS: Record<Quality, string> = { good: 'Good', fair: 'Fair', poor: 'Poor', bad: 'Bad' };

/** What each quality feels like. */
export const QUALITY_MEANINGS: Record<Quality, string> = {
  good: 'as if in one room',
  fair: 'noticed',
  poor: 'annoying',
  bad: 'unusable',
};

export const DIRECTION_WORDS: Record<Direction, string> = { up: 'Sent', down: 'Received' };

export const PATH_WORDS: Record<NetworkPath, string> = { udp: 'UDP', tcp: 'TCP', relay: 'TURN relay' };

const SOURCES: Record<MediaSource, string> = {
  camera: 'camera',
  microphone: 'microphone',
  screen: 'screen',
  screen_audio: 'sound of the screen',
};

const EVENTS: Record<CallEventType, (source: string) => string> = {
  published: (source) => `${source} on`,
  unpublished: (source) => `${source} off`,
  muted: (source) => `${source} muted`,
  unmuted: (source) => `${source} unmuted`,
  'connection-lost': () => 'connection lost',
  'connection-resumed': () => 'connection back',
  'media-lost': () => 'media lost',
  'media-rebuilt': () => 'media rebuilt',
  'hand-raised': () => 'hand raised',
  'hand-lowered': () => 'hand lowered',
  'muted-by': (source) => `${source} muted by somebody else`,
  'removed-by': () => 'removed',
  'banned-by': () => 'banned',
  'admitted-by': () => 'let in',
  'role-changed': () => 'got another role',
  'room-locked': () => 'room locked',
  'room-unlocked': () => 'room unlocked',
  'call-ended-by': () => 'call ended for all',
};

const PHASES: Record<JoinPhase, string> = {
  socket: 'connection',
  ack: 'answer of the server',
  media: 'media path',
  first_frame: 'first picture',
  total: 'in all',
};

const LEAVE_WORDS: Record<LeaveReason, string> = {
  left: 'left',
  replaced: 'joined again elsewhere',
  kicked: 'was removed',
  banned: 'was banned',
  'room-ended': 'stayed to the end',
  'timed-out': 'lost the connection',
  draining: 'left as the server was restarted',
  failed: 'could not join',
};

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const SECONDS = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });

export function clock(at: number | string): string {
  return TIME.format(new Date(at));
}

export function clockWithSeconds(at: number | string): string {
  return SECONDS.format(new Date(at));
}

export function day(at: number | string): string {
  const date = new Date(at);
  const yesterday = new Date();
  yesterday.setDate(yesterday.getDate() - 1);
  if (date.toDateString() === new Date().toDateString()) return 'Today';
  return date.toDateString() === yesterday.toDateString() ? 'Yesterday' : DAY.format(date);
}

/** `8 s`, `4 min`, `1 h 5 min`: as exact as one wants to read it. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** A wait: `0.4 s`. */
export function wait(ms: number): string {
  return ms < 100 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

export function eventWords({ type, source }: CallEvent): string {
  const words = EVENTS[type](source ? SOURCES[source] : 'media');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function leaveWords(reason: LeaveReason | null): string {
  return reason ? LEAVE_WORDS[reason] : 'left';
}

/** `connection 20 ms, answer of the server 30 ms, …`; an empty list when nothing is known. */
export function phaseWords(phases: JoinPhases): string[] {
  return JOIN_PHASES.flatMap((phase) => {
    const ms = phases[phase];
    return ms === undefined ? [] : [`${PHASES[phase]} ${wait(ms)}`];
  });
}

/** What was measured, without what was not. */
export function figures(sample: QualitySample): string[] {
  const { lossRatio, jitterMs, roundTripTimeMs, bitrateBps, frozenMs } = sample;
  return [
    ...(lossRatio === null ? [] : [`${percent(lossRatio)} loss`]),
    ...(jitterMs === null ? [] : [`${Math.round(jitterMs)} ms jitter`]),
    ...(roundTripTimeMs === null ? [] : [`${Math.round(roundTripTimeMs)} ms round trip`]),
    ...(bitrateBps === null ? [] : [bitrate(bitrateBps)]),
    ...(frozenMs === null || frozenMs === 0 ? [] : [`${wait(frozenMs)} frozen`]),
  ];
}

/** @param ratio 0..1 */
function percent(ratio: number): string {
  const value = ratio * 100;
  return `${value > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} %`;
}

function bitrate(bps: number): string {
  return bps < 999_500 ? `${Math.round(bps / 1_000)} kbit/s` : `${(bps / 1_000_000).toFixed(1)} Mbit/s`;
}
