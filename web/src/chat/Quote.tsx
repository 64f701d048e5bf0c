import type { QuotedMessage } from '@minimeet/protocol';
import { useTranslation } from 'react-i18next';
import { InlineText } from './MessageText.js';
import './Quote.css';

interface QuoteProps {
  quoted: QuotedMessage;
  onJump: (quoted: QuotedMessage) => void;
}

/** The answered message; a click leads there. */
export function Quote({ quoted, onJump }: QuoteProps) {
  const { t } = useTranslation('chat');
  return (
    <button type="button" className="quote" onClick={() => onJump(quoted)}>
      <span className="visually-hidden">{t('inReplyTo')} </span>
      <span className="quote__name">{quoted.senderName}</span>
      <span className="quote__text">{quoted.text ? <InlineText text={quoted.text} /> : t('deleted')}</span>
    </button>
  );
}
