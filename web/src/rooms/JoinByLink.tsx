import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { IconButton } from '../ui/IconButton.js';
import { roomPathOf } from './room-path.js';
import './JoinByLink.css';

/** For somebody who was told a room's name, or got its link by e-mail. */
export function JoinByLink() {
  const { t } = useTranslation('rooms');
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const path = roomPathOf(text);
  return (
    <form
      className="join-by-link"
      onSubmit={(event) => {
        event.preventDefault();
        if (path) void navigate(path);
      }}
    >
      <input
        className="join-by-link__input"
        aria-label={t('link.label')}
        placeholder={t('link.placeholder')}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
      <IconButton label={t('link.go')} type="submit" disabled={!path} className="join-by-link__go">
        <ArrowRight size={20} aria-hidden="true" />
      </IconButton>
    </form>
  );
}
