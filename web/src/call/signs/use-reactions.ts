import type { CallReaction } from '@minimeet/protocol';
import type { Room } from '@minimeet/sdk';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { REACTION_NAMES } from './reaction-names.js';

export interface FloatingReaction {
  id: number;
  reaction: CallReaction;
  name: string;
  /** Where it rises, 0 to 1 of its lane. */
  lane: number;
}

/** As long as the animation in Reactions.css. */
const SHOWN_MS = 4_000;
/** In a big room all clap at once; more than this are a cloud anyway. */
const MOST = 24;
/** Reactions within this time are said in one sentence. */
const MOMENT_MS = 2_000;
/** The golden ratio: lanes of neighbours are far from each other. */
const STEP = 0.618;

/** @returns the reactions of the last seconds; says them to screen readers through `say`. */
export function useReactions(room: Room, say: (text: string) => void): FloatingReaction[] {
  const { t } = useTranslation('call');
  const [floating, setFloating] = useState<FloatingReaction[]>([]);
  useEffect(() => {
    let nextId = 0;
    let unsaid: FloatingReaction[] = [];
    let sayTimer: ReturnType<typeof setTimeout> | undefined;
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const tell = () => {
      sayTimer = undefined;
      const [first] = unsaid;
      if (!first) return;
      const reaction = t(`reactions.names.${REACTION_NAMES[first.reaction]}`);
      say(
        unsaid.length === 1
          ? t('reactions.said', { name: first.name, reaction })
          : t('reactions.saidMore', { name: first.name, reaction, count: unsaid.length - 1 }),
      );
      unsaid = [];
    };
    const off = room.on('reaction', ({ participantId, reaction }) => {
      const isSelf = participantId === room.self.id;
      const person = isSelf ? room.self : room.participants.get(participantId);
      if (!person) return;
      const id = nextId++;
      const one = { id, reaction, name: isSelf ? t('tile.self') : person.displayName, lane: (id * STEP) % 1 };
      setFloating((before) => [...before.slice(1 - MOST), one]);
      const timer = setTimeout(() => {
        timers.delete(timer);
        setFloating((before) => before.filter((other) => other.id !== id));
      }, SHOWN_MS);
      timers.add(timer);
      if (isSelf) return;
      unsaid.push(one);
      sayTimer ??= setTimeout(tell, MOMENT_MS);
    });
    return () => {
      off();
      clearTimeout(sayTimer);
      timers.forEach(clearTimeout);
      setFloating([]);
    };
  }, [room, say, t]);
  return floating;
}
