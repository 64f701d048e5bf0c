import { useTranslation } from 'react-i18next';
import { STAGE_LAYOUTS } from '../arrange.js';
import type { CallControls } from '../controls/call-controls.js';
import type { ShortcutAction } from './shortcuts.js';

/** @returns what each shortcut does in the call now. */
export function useShortcutActions(
  controls: CallControls,
  say: (text: string) => void,
): (action: ShortcutAction) => void {
  const { t } = useTranslation('call');
  return (action) => {
    switch (action) {
      case 'microphone':
        return controls.microphone.toggle();
      case 'camera':
        return controls.camera.toggle();
      case 'hand':
        return controls.hand.toggle();
      case 'chat':
        return controls.panel.toggle('chat');
      case 'people':
        return controls.panel.toggle('people');
      case 'layout': {
        const { chosen, choose } = controls.layout;
        const next = STAGE_LAYOUTS[(STAGE_LAYOUTS.indexOf(chosen) + 1) % STAGE_LAYOUTS.length] ?? 'auto';
        choose(next);
        return say(t('said.layout', { layout: t(`layout.${next}`) }));
      }
      case 'picture-in-picture':
        return controls.pictureInPicture?.toggle();
      case 'full-screen':
        return controls.fullScreen?.toggle();
      case 'help':
        return controls.show('shortcuts');
    }
  };
}
