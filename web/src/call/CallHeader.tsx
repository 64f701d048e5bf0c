import type { Participant } from '@minimeet/protocol';
import { MicOff, UserPlus, Users } from 'lucide-react';
import { Popover } from 'radix-ui';
import { Avatar } from '../ui/Avatar.js';
import { Button } from '../ui/Button.js';
import { LogoMark } from '../ui/Logo.js';
import '../ui/Menu.css';
import './CallHeader.css';

interface CallHeaderProps {
  name: string;
  self: Participant;
  others: Participant[];
  onInvite: () => void;
}

export function CallHeader({ name, self, others, onInvite }: CallHeaderProps) {
  const count = others.length + 1;
  return (
    <header className="call-header">
      <LogoMark size={28} />
      <h1 className="call-header__name">{name}</h1>
      <Popover.Root>
        <Popover.Trigger
          className="call-header__people"
          aria-label={`${count} ${count === 1 ? 'person' : 'people'} in the call`}
        >
          <Users size={16} aria-hidden="true" />
          {count}
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content className="menu call-header__list" align="start" sideOffset={8} collisionPadding={12}>
            <p className="menu__label">In the call</p>
            <ul>
              <Person person={self} suffix=" (you)" />
              {others.map((other) => (
                <Person key={other.id} person={other} suffix="" />
              ))}
            </ul>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <Button size="small" className="call-header__invite" aria-label="Invite people" onClick={onInvite}>
        <UserPlus size={17} aria-hidden="true" />
        <span className="call-header__invite-word">Invite</span>
      </Button>
    </header>
  );
}

const ROLE_WORDS = { host: 'Host', moderator: 'Moderator', member: '', guest: 'Guest' };

function Person({ person, suffix }: { person: Participant; suffix: string }) {
  const microphone = person.publications.find(({ source }) => source === 'microphone');
  const role = ROLE_WORDS[person.role];
  return (
    <li className="call-header__person">
      <Avatar name={person.displayName} size={30} />
      <span className="call-header__person-name">
        {person.displayName}
        {suffix}
      </span>
      {role && <span className="call-header__role">{role}</span>}
      {(!microphone || microphone.paused) && suffix === '' && <MicOff size={15} aria-label="muted" />}
    </li>
  );
}
