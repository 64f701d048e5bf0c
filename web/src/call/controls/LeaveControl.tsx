import { ChevronUp, LogOut, Phone, PhoneOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Menu, MenuItem } from '../../ui/Menu.js';
import type { CallControls } from './call-controls.js';
import { Control } from './Control.js';

const ICON = { size: 18, 'aria-hidden': true } as const;

/** Leaves at once; those who may end the call for everybody have that beside it. */
export function LeaveControl({ controls: { leave, endForAll } }: { controls: CallControls }) {
  const { t } = useTranslation('call');
  return (
    <div className="controls__leave">
      <Control label={t('leave.label')} look="leave" onClick={leave}>
        <Phone size={22} className="controls__hang-up" aria-hidden="true" />
      </Control>
      {endForAll && (
        <Menu
          trigger={
            <Control label={t('leave.more')} look="leave" className="controls__leave-more">
              <ChevronUp {...ICON} />
            </Control>
          }
        >
          <MenuItem icon={<LogOut {...ICON} />} onSelect={leave}>
            {t('leave.only')}
          </MenuItem>
          <MenuItem icon={<PhoneOff {...ICON} />} danger onSelect={endForAll}>
            {t('leave.end')}
          </MenuItem>
        </Menu>
      )}
    </div>
  );
}
