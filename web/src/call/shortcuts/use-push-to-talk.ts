import { useEffect, useRef, useState } from 'react';
import { overlayIsOpen } from '../../ui/overlay-is-open.js';
import { isField } from './shortcuts.js';

interface PushToTalk {
  enabled: boolean;
  /** Only a muted person talks by holding the key. */
  muted: boolean;
  talk: (on: boolean) => void;
}

/**
 * Talks while the space bar is held. A control that was reached by keyboard keeps the space bar for itself. A clicked
 * one gives it up, or somebody who has just muted with the mouse would unmute for good. Talking ends as well when the
 * window loses the focus, where the key would go up unseen.
 * @returns whether one talks so now.
 */
export function usePushToTalk({ enabled, muted, talk }: PushToTalk): boolean {
  const [talking, setTalking] = useState(false);
  const latest = useRef({ muted, talk });
  useEffect(() => {
    latest.current = { muted, talk };
  });
  useEffect(() => {
    if (!enabled) return undefined;
    let holding = false;
    let byKeyboard = false;
    const hold = (on: boolean) => {
      if (holding === on) return;
      holding = on;
      setTalking(on);
      latest.current.talk(on);
    };
    const onDown = (event: KeyboardEvent) => {
      if (event.key === 'Tab') byKeyboard = true;
      if (event.code !== 'Space' || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      // It goes on and on while the key is held: without this, it would scroll, or click the button that has the focus.
      if (holding) return event.preventDefault();
      if (event.repeat || event.defaultPrevented || isField(event.target) || overlayIsOpen()) return;
      if ((byKeyboard && event.target !== document.body) || !latest.current.muted) return;
      event.preventDefault();
      hold(true);
    };
    const onUp = (event: KeyboardEvent) => {
      if (event.code !== 'Space' || !holding) return;
      event.preventDefault();
      hold(false);
    };
    const onPointer = () => (byKeyboard = false);
    const release = () => hold(false);
    // Before the handlers of the page, one of which may take the key for a click.
    document.addEventListener('keydown', onDown, true);
    document.addEventListener('keyup', onUp, true);
    document.addEventListener('pointerdown', onPointer, true);
    document.addEventListener('visibilitychange', release);
    window.addEventListener('blur', release);
    return () => {
      release();
      document.removeEventListener('keydown', onDown, true);
      document.removeEventListener('keyup', onUp, true);
      document.removeEventListener('pointerdown', onPointer, true);
      document.removeEventListener('visibilitychange', release);
      window.removeEventListener('blur', release);
    };
  }, [enabled]);
  return talking;
}
