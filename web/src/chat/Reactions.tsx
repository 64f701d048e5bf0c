import type { ChatMessage, MessageReaction } from '@minimeet/protocol';
import { SmilePlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Hint } from '../ui/IconButton.js';
import { useChatDesk, type OpenOverlay } from './chat-desk.js';
import './Reactions.css';

/** Names that fit a hint. */
const NAMES = 8;

/** How people reacted to a message; a click joins in or takes one's own back. */
export function Reactions({ message, onOverlay }: { message: ChatMessage; onOverlay: OpenOverlay }) {
  const { t } = useTranslation('chat');
  return (
    <ul className="reactions" aria-label={t('reactions.label')}>
      {message.reactions.map((reaction) => (
        <li key={reaction.reaction}>
          <Reaction message={message} reaction={reaction} />
        </li>
      ))}
      <li>
        <button
          type="button"
          className="reactions__one reactions__add"
          aria-label={t('actions.react')}
          aria-haspopup="dialog"
          onClick={({ currentTarget }) => onOverlay('picker', message, currentTarget)}
        >
          <SmilePlus size={15} aria-hidden="true" />
        </button>
      </li>
    </ul>
  );
}

function Reaction({
  message,
  reaction: { reaction, count, userIds },
}: {
  message: ChatMessage;
  reaction: MessageReaction;
}) {
  const { t } = useTranslation('chat');
  const { chat, self, people, fail } = useChatDesk();
  const mine = userIds.includes(self.userId);
  const known = userIds
    .map((userId) => (userId === self.userId ? t('you', { ns: 'common' }) : people.get(userId)?.displayName))
    .filter((name) => name !== undefined)
    .slice(0, NAMES);
  const more = count - known.length;
  const who = more > 0 ? t('reactions.more', { names: known.join(', '), count: more }) : known.join(', ');
  return (
    <Hint text={who}>
      <button
        type="button"
        className="reactions__one"
        aria-pressed={mine}
        aria-label={t('reactions.one', { reaction, count, who })}
        onClick={() => void chat.react(message.id, reaction, !mine).catch(fail)}
      >
        <span aria-hidden="true">{reaction}</span> {count}
      </button>
    </Hint>
  );
}
