import { MessageSquare, Mic, MicOff, MonitorUp, MonitorX, Phone, Settings2, Video, VideoOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { LocalMediaState } from '../devices/local-media.js';
import { Hint } from '../ui/IconButton.js';
import { classNames } from '../ui/class-names.js';
import './ControlBar.css';

interface ControlBarProps {
  local: LocalMediaState;
  onMicrophone: () => void;
  onCamera: () => void;
  screen: { supported: boolean; sharing: boolean; toggle: () => void };
  chat: { open: boolean; unread: number; toggle: () => void };
  onSettings: () => void;
  onLeave: () => void;
}

export function ControlBar({ local, onMicrophone, onCamera, screen, chat, onSettings, onLeave }: ControlBarProps) {
  const hears = local.microphone.on && local.microphone.failure === null;
  const sees = local.camera.on && local.camera.failure === null;
  return (
    <div className="controls" role="group" aria-label="Call controls">
      <Control
        label={hears ? 'Mute microphone' : 'Unmute microphone'}
        look={hears ? 'normal' : 'off'}
        warning={local.microphone.failure !== null}
        onClick={onMicrophone}
      >
        {hears ? <Mic size={22} aria-hidden="true" /> : <MicOff size={22} aria-hidden="true" />}
      </Control>
      <Control
        label={sees ? 'Turn off camera' : 'Turn on camera'}
        look={sees ? 'normal' : 'off'}
        warning={local.camera.failure !== null}
        onClick={onCamera}
      >
        {sees ? <Video size={22} aria-hidden="true" /> : <VideoOff size={22} aria-hidden="true" />}
      </Control>
      {screen.supported && (
        <Control
          label={screen.sharing ? 'Stop sharing' : 'Share screen'}
          look={screen.sharing ? 'active' : 'normal'}
          onClick={screen.toggle}
        >
          {screen.sharing ? <MonitorX size={22} aria-hidden="true" /> : <MonitorUp size={22} aria-hidden="true" />}
        </Control>
      )}
      <Control label="Camera and sound settings" look="normal" onClick={onSettings}>
        <Settings2 size={22} aria-hidden="true" />
      </Control>
      <Control
        label={chatLabel(chat)}
        look={chat.open ? 'active' : 'normal'}
        onClick={chat.toggle}
        expanded={chat.open}
      >
        <MessageSquare size={22} aria-hidden="true" />
        {chat.unread > 0 && (
          <span className="controls__badge" aria-hidden="true">
            {chat.unread > 99 ? '99+' : chat.unread}
          </span>
        )}
      </Control>
      <Control label="Leave call" look="leave" onClick={onLeave}>
        <Phone size={22} className="controls__hang-up" aria-hidden="true" />
      </Control>
    </div>
  );
}

function chatLabel({ open, unread }: ControlBarProps['chat']): string {
  if (open) return 'Close chat';
  return unread > 0 ? `Open chat, ${unread} unread` : 'Open chat';
}

interface ControlProps {
  label: string;
  look: 'normal' | 'off' | 'active' | 'leave';
  warning?: boolean;
  expanded?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Control({ label, look, warning = false, expanded, onClick, children }: ControlProps) {
  return (
    <Hint text={label}>
      <button
        type="button"
        className={classNames('controls__button', `controls__button--${look}`)}
        aria-label={label}
        aria-expanded={expanded}
        onClick={onClick}
      >
        {children}
        {warning && (
          <span className="controls__warning" aria-hidden="true">
            !
          </span>
        )}
      </button>
    </Hint>
  );
}
