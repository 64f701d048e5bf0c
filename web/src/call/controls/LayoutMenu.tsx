import { LayoutGrid, PanelRight, RectangleHorizontal, WandSparkles } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Menu, MenuChoices } from '../../ui/Menu.js';
import { STAGE_LAYOUTS } from '../arrange.js';
import type { CallControls } from './call-controls.js';
import { Control } from './Control.js';

const ICONS = { auto: WandSparkles, grid: LayoutGrid, speaker: RectangleHorizontal, sidebar: PanelRight };

type LayoutProps = Pick<CallControls, 'layout'>;

export function LayoutMenu({ layout }: LayoutProps) {
  const { t } = useTranslation('call');
  const Icon = ICONS[layout.chosen];
  return (
    <Menu
      trigger={
        <Control label={t('layout.label')}>
          <Icon size={22} aria-hidden="true" />
        </Control>
      }
    >
      <LayoutChoice layout={layout} />
    </Menu>
  );
}

/** The layouts, as part of a menu. */
export function LayoutChoice({ layout }: LayoutProps) {
  const { t } = useTranslation('call');
  return (
    <MenuChoices
      label={t('layout.label')}
      value={layout.chosen}
      choices={STAGE_LAYOUTS.map((value) => {
        const Icon = ICONS[value];
        return { value, label: t(`layout.${value}`), icon: <Icon size={18} aria-hidden="true" /> };
      })}
      onChange={layout.choose}
    />
  );
}
