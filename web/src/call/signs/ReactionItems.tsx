import { CALL_REACTIONS, type CallReaction } from '@minimeet/protocol';
import { useTranslation } from 'react-i18next';
import { MenuItem } from '../../ui/Menu.js';
import { REACTION_NAMES } from './reaction-names.js';
import './ReactionItems.css';

/** The reactions, side by side, as part of a menu. */
export function ReactionItems({ onReact }: { onReact: (reaction: CallReaction) => void }) {
  const { t } = useTranslation('call');
  return (
    <div className="reaction-items" role="group" aria-label={t('reactions.label')}>
      {CALL_REACTIONS.map((reaction) => (
        <MenuItem key={reaction} onSelect={() => onReact(reaction)}>
          <span aria-hidden="true">{reaction}</span>
          <span className="visually-hidden">{t(`reactions.names.${REACTION_NAMES[reaction]}`)}</span>
        </MenuItem>
      ))}
    </div>
  );
}
