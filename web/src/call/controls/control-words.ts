import type { TFunction } from 'i18next';
import type { CallControls } from './call-controls.js';

/** @returns what the button of the chat does, and how much one has missed. */
export function chatLabel(t: TFunction<'call'>, { panel, unread }: CallControls): string {
  if (panel.open === 'chat') return t('chat.close');
  return unread > 0 ? t('chat.openUnread', { count: unread }) : t('chat.open');
}

/** @returns what the button of the people does, how many are there, and how many ask to come in. */
export function peopleLabel(t: TFunction<'call'>, { panel, people, waiting }: CallControls): string {
  if (panel.open === 'people') return t('people.close');
  const inCall = t('people.open', { count: people });
  return waiting === 0 ? inCall : `${inCall}, ${t('people.waiting', { count: waiting })}`;
}
