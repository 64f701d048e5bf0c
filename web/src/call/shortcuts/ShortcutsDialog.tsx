import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog.js';
import { Switch } from '../../ui/Switch.js';
import { changeCallPreferences, useCallPreferences } from '../call-preferences.js';
import { SHORTCUTS, type ShortcutKey } from './shortcuts.js';
import './ShortcutsDialog.css';

interface ShortcutsDialogProps {
  open: boolean;
  onClose: () => void;
}

export function ShortcutsDialog({ open, onClose }: ShortcutsDialogProps) {
  const { t } = useTranslation('call');
  const { singleKeys } = useCallPreferences();
  const keys = Object.keys(SHORTCUTS) as ShortcutKey[];
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('shortcuts.title')}
      description={t('shortcuts.text')}
    >
      <Switch
        label={t('shortcuts.singleKeys')}
        hint={t('shortcuts.singleKeysHint')}
        checked={singleKeys}
        onChange={(on) => changeCallPreferences({ singleKeys: on })}
      />
      <dl className="shortcuts" data-off={singleKeys ? undefined : ''}>
        <Shortcut keys={t('shortcuts.space')} meaning={t('shortcuts.pushToTalk')} />
        {keys.map((key) => (
          <Shortcut key={key} keys={key.toUpperCase()} meaning={t(`shortcuts.actions.${SHORTCUTS[key]}`)} />
        ))}
      </dl>
      <dl className="shortcuts">
        <Shortcut keys={t('shortcuts.pageKeys')} meaning={t('shortcuts.turnPage')} />
        <Shortcut keys="Esc" meaning={t('shortcuts.escape')} />
        <Shortcut keys="F6" meaning={t('shortcuts.notifications')} />
      </dl>
    </Dialog>
  );
}

function Shortcut({ keys, meaning }: { keys: string; meaning: string }) {
  return (
    <div className="shortcuts__row">
      <dt className="shortcuts__meaning">{meaning}</dt>
      <dd>
        <kbd className="shortcuts__key">{keys}</kbd>
      </dd>
    </div>
  );
}
