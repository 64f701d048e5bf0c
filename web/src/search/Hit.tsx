import type { SearchHit } from '@minimeet/protocol';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../i18n/format.js';
import { Avatar } from '../ui/Avatar.js';
import { FoundText } from './FoundText.js';

/** One message that was found; it leads to its place in the room's chat. */
export function Hit({ hit: { message, roomSlug, roomName, highlights } }: { hit: SearchHit }) {
  const { t } = useTranslation('search');
  const { day, time } = useFormat();
  const { content, senderName, sentAt } = message;
  return (
    <li>
      <Link className="search-hit" to={`/r/${roomSlug}/chat?message=${encodeURIComponent(message.id)}`}>
        <Avatar name={senderName} size={36} />
        <span className="search-hit__body">
          <span className="search-hit__head">
            <span className="search-hit__who">{t('in', { sender: senderName, room: roomName })}</span>
            <time className="search-hit__when" dateTime={sentAt}>
              {day(sentAt)}, {time(sentAt)}
            </time>
          </span>
          {'attachment' in content && (
            <span className="search-hit__file">{t('file', { name: content.attachment.fileName })}</span>
          )}
          {'text' in content && (
            <span className="search-hit__text">
              <FoundText text={content.text} highlights={highlights} />
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}
