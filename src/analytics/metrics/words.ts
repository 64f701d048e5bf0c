import {
  ERROR_CODES,
  type ErrorCode,
  type LeaveReason,
  type MediaKind,
  type MediaResetReason,
} from '@minimeet/protocol';
import type { ModerationAction } from '../../common/events/index.js';

/** Values of labels: the protocol's words in snake_case. */
export const KINDS = ['audio', 'video'] as const satisfies readonly MediaKind[];
export const ERROR_WORDS = Object.keys(ERROR_CODES).map((code) => code.toLowerCase());

export const LEAVE_REASONS = wordsOf({
  left: 0,
  replaced: 0,
  kicked: 0,
  banned: 0,
  'room-ended': 0,
  'timed-out': 0,
  draining: 0,
  failed: 0,
} satisfies Record<LeaveReason, 0>);

export const RESET_REASONS = wordsOf({
  'worker-died': 0,
  'transport-failed': 0,
} satisfies Record<MediaResetReason, 0>);

export const MODERATION_ACTIONS = wordsOf({
  'hand-raised': 0,
  'hand-lowered': 0,
  'muted-by': 0,
  'removed-by': 0,
  'banned-by': 0,
  'admitted-by': 0,
  'role-changed': 0,
  'room-locked': 0,
  'room-unlocked': 0,
  'call-ended-by': 0,
} satisfies Record<ModerationAction, 0>);

/** `timed-out` and `TIMED_OUT` are `timed_out`. */
export function wordOf(name: LeaveReason | MediaResetReason | ModerationAction | ErrorCode): string {
  return name.toLowerCase().replaceAll('-', '_');
}

function wordsOf(names: Partial<Record<LeaveReason | MediaResetReason | ModerationAction, 0>>): string[] {
  return Object.keys(names).map((name) => name.replaceAll('-', '_'));
}
