import { JOIN_PHASES, type CallEvent, type CallLane, type JoinPhases, type QualitySample } from '@minimeet/protocol';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatIn, type Format } from '../i18n/format.js';

/** The words of the history about a call, in the language of the page. */
export interface HistoryWords extends Format {
  t: TFunction<'history'>;
  /** The event, and who did it when it was somebody else: `Microphone muted, by Ann`. */
  event: (event: CallEvent) => string;
  /** `Joined at 10:05, left at 10:20` */
  stay: (stay: CallLane) => string;
  /** `connection 20 ms`, `answer of the server 30 ms` …; an empty list when nothing is known. */
  phases: (phases: JoinPhases) => string[];
  /** The measured figures only. */
  figures: (sample: QualitySample) => string[];
}

export function useHistoryWords(): HistoryWords {
  const { t, i18n } = useTranslation('history');
  return useMemo(() => historyWords(t, formatIn(i18n.language)), [t, i18n.language]);
}

function historyWords(t: TFunction<'history'>, format: Format): HistoryWords {
  return {
    ...format,
    t,
    event: (event) => {
      const what = whatHappened(t, event);
      return event.actor === null ? what : t('event.by', { what, actor: event.actor });
    },
    stay: ({ joinedAt, leftAt, leaveReason }) =>
      leftAt === null
        ? t('stay.stillThere', { time: format.time(joinedAt) })
        : t(`stay.${leaveReason ?? 'left'}`, { joined: format.time(joinedAt), left: format.time(leftAt) }),
    phases: (phases) =>
      JOIN_PHASES.flatMap((phase) => {
        const ms = phases[phase];
        return ms === undefined ? [] : [t(`phase.${phase}`, { time: format.wait(ms) })];
      }),
    figures: ({ lossRatio, jitterMs, roundTripTimeMs, bitrateBps, frozenMs }) => [
      ...(lossRatio === null ? [] : [t('figure.loss', { value: format.percent(lossRatio) })]),
      ...(jitterMs === null ? [] : [t('figure.jitter', { value: format.milliseconds(jitterMs) })]),
      ...(roundTripTimeMs === null ? [] : [t('figure.roundTrip', { value: format.milliseconds(roundTripTimeMs) })]),
      ...(bitrateBps === null ? [] : [format.bitrate(bitrateBps)]),
      ...(frozenMs === null || frozenMs === 0 ? [] : [t('figure.frozen', { value: format.wait(frozenMs) })]),
    ],
  };
}

function whatHappened(t: TFunction<'history'>, { type, source, detail }: CallEvent): string {
  switch (type) {
    case 'published':
    case 'unpublished':
    case 'muted':
    case 'unmuted':
    case 'muted-by':
      return t(`event.${type}.${source ?? 'media'}`);
    case 'role-changed':
      return t('event.role-changed', { role: roleWord(t, detail) });
    default:
      return t(`event.${type}`);
  }
}

/** A role that this page does not know stays as the server names it. */
function roleWord(t: TFunction<'history'>, role: string | null): string {
  switch (role) {
    case 'host':
    case 'moderator':
    case 'member':
    case 'guest':
      return t(`role.${role}`, { ns: 'common' });
    default:
      return role ?? '';
  }
}
