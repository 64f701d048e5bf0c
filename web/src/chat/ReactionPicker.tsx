import { Popover } from '@base-ui/react/popover';
import type { ChatMessage } from '@minimeet/protocol';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useChatDesk } from './chat-desk.js';
import { REACTIONS, REACTIONS_A_ROW } from './emoji.js';
import { bubbleOf } from './MessageMenu.js';
import '../ui/Menu.css';
import './ReactionPicker.css';

interface ReactionPickerProps {
  /** `null`: closed. */
  open: { message: ChatMessage; row: HTMLElement } | null;
  onClose: () => void;
}

/** All reactions, in rows: arrows move, Enter chooses, Escape closes. */
export function ReactionPicker({ open, onClose }: ReactionPickerProps) {
  const { t } = useTranslation('chat');
  const { chat, self, fail } = useChatDesk();
  const row = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (open) row.current = open.row;
  }, [open]);
  const react = (message: ChatMessage, reaction: string) => {
    const before = message.reactions.find((one) => one.reaction === reaction);
    const mine = before?.userIds.includes(self.userId) ?? false;
    void chat.react(message.id, reaction, !mine).catch(fail);
    onClose();
  };
  return (
    <Popover.Root open={open !== null} onOpenChange={(next) => !next && onClose()}>
      <Popover.Portal>
        <Popover.Positioner
          className="menu-positioner"
          anchor={() => bubbleOf(open?.row)}
          side="top"
          align="center"
          sideOffset={6}
          collisionPadding={8}
        >
          <Popover.Popup className="menu" aria-label={t('actions.react')} finalFocus={() => row.current ?? true}>
            {open && <Grid onChoose={(reaction) => react(open.message, reaction)} />}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

const STEPS: Record<string, number | undefined> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -REACTIONS_A_ROW,
  ArrowDown: REACTIONS_A_ROW,
};

function Grid({ onChoose }: { onChoose: (reaction: string) => void }) {
  const { t } = useTranslation('chat');
  const [at, setAt] = useState(0);
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = STEPS[event.key];
    const next = at + (step ?? 0);
    if (step === undefined || next < 0 || next >= REACTIONS.length) return;
    event.preventDefault();
    setAt(next);
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div className="reaction-picker" role="group" aria-label={t('actions.react')} onKeyDown={onKey}>
      {REACTIONS.map((reaction, index) => (
        <button
          key={reaction}
          type="button"
          className="reaction-picker__one"
          tabIndex={index === at ? 0 : -1}
          aria-label={t('reactions.with', { reaction })}
          onClick={() => onChoose(reaction)}
        >
          {reaction}
        </button>
      ))}
    </div>
  );
}
