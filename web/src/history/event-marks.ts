import type { CallEvent, CallEventType, MediaSource } from '@minimeet/protocol';
import {
  Hand,
  Lock,
  LockOpen,
  Mic,
  MicOff,
  MonitorUp,
  MonitorX,
  PhoneOff,
  Plug,
  Unplug,
  UserCheck,
  UserCog,
  UserX,
  Video,
  VideoOff,
  Volume2,
  VolumeX,
  Wifi,
  WifiOff,
  type LucideIcon,
} from 'lucide-react';
import type { Span } from './model.js';
import { xOf } from './scale.js';

/** One or several events that are too near to each other for a mark of their own. */
export interface EventMark {
  x: number;
  events: CallEvent[];
  /** Something was lost. */
  trouble: boolean;
}

const NEAR_PX = 18;

const ON: Record<MediaSource, LucideIcon> = {
  camera: Video,
  microphone: Mic,
  screen: MonitorUp,
  screen_audio: Volume2,
};
const OFF: Record<MediaSource, LucideIcon> = {
  camera: VideoOff,
  microphone: MicOff,
  screen: MonitorX,
  screen_audio: VolumeX,
};

const ICONS: Record<CallEventType, (source: MediaSource) => LucideIcon> = {
  published: (source) => ON[source],
  unmuted: (source) => ON[source],
  unpublished: (source) => OFF[source],
  muted: (source) => OFF[source],
  'connection-lost': () => WifiOff,
  'connection-resumed': () => Wifi,
  'media-lost': () => Unplug,
  'media-rebuilt': () => Plug,
  'hand-raised': () => Hand,
  'hand-lowered': () => Hand,
  'muted-by': (source) => OFF[source],
  'removed-by': () => UserX,
  'banned-by': () => UserX,
  'admitted-by': () => UserCheck,
  'role-changed': () => UserCog,
  'room-locked': () => Lock,
  'room-unlocked': () => LockOpen,
  'call-ended-by': () => PhoneOff,
};

export function iconOf({ type, source }: CallEvent): LucideIcon {
  return ICONS[type](source ?? 'camera');
}

export function isTrouble({ type }: CallEvent): boolean {
  return type === 'connection-lost' || type === 'media-lost';
}

/** The marks of a window, from the left to the right. */
export function marksOf(events: CallEvent[], window: Span, widthPx: number): EventMark[] {
  const marks: EventMark[] = [];
  for (const event of [...events].sort((a, b) => a.at.localeCompare(b.at))) {
    const at = Date.parse(event.at);
    if (at < window.from || at > window.to) continue;
    const x = xOf(at, window, widthPx);
    const last = marks.at(-1);
    if (last && x - last.x < NEAR_PX) {
      last.events.push(event);
      last.trouble ||= isTrouble(event);
    } else {
      marks.push({ x, events: [event], trouble: isTrouble(event) });
    }
  }
  return marks;
}
