import type { Participant } from '@minimeet/protocol';
import type { Room } from '@minimeet/sdk';
import { createContext, use } from 'react';
import type { OwnRole } from './powers.js';

/** The actions on the people of the call, wherever the page offers them. */
export interface Moderation {
  room: Room;
  own: OwnRole;
  /** Does something at the server. `done` is said to screen readers; a refusal is told as its sentence. */
  act: (action: () => Promise<void>, done?: string) => void;
  /** Asks first. */
  remove: (person: Participant) => void;
  muteAll: () => void;
  showSettings: () => void;
}

export const ModerationContext = createContext<Moderation | null>(null);

/** @throws Error outside of `ModerationFrame`. */
export function useModeration(): Moderation {
  const moderation = use(ModerationContext);
  if (!moderation) throw new Error('There is no call around this component.');
  return moderation;
}
