import { LogOut } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { signOut, useAccount } from '../session/session.js';
import { Avatar } from '../ui/Avatar.js';
import '../ui/Menu.css';
import './AccountMenu.css';

export function AccountMenu() {
  const account = useAccount();
  if (!account) return null;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="account-menu" aria-label="Account">
        <Avatar name={account.displayName} size={36} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={8}>
          <div className="account-menu__who">
            <p className="account-menu__name">{account.displayName}</p>
            <p className="account-menu__email">{account.email}</p>
          </div>
          <DropdownMenu.Separator className="menu__line" />
          <DropdownMenu.Item className="menu__item" onSelect={() => void signOut()}>
            <LogOut size={18} aria-hidden="true" /> Sign out
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
