import type { CallReaction } from '@minimeet/protocol';
import type { StageLayout } from '../arrange.js';

export type Panel = 'chat' | 'people';
export type CallDialog = 'invite' | 'settings' | 'shortcuts' | 'room' | 'end';

/** A camera or a microphone, as its button shows it. */
export interface DeviceControl {
  /** It is on, and works. */
  working: boolean;
  failed: boolean;
  toggle: () => void;
}

/** Everything that one can do in a call: the bar, its menus and the keyboard are three ways to the same. */
export interface CallControls {
  microphone: DeviceControl;
  camera: DeviceControl;
  /** `null` where the browser cannot. */
  share: { on: boolean; toggle: () => void } | null;
  hand: { raised: boolean; toggle: () => void };
  react: (reaction: CallReaction) => void;
  panel: { open: Panel | null; toggle: (panel: Panel) => void };
  /** Messages that one has not seen. */
  unread: number;
  /** People in the call, oneself included. */
  people: number;
  /** People in the lobby, for those who may let them in. */
  waiting: number;
  layout: { chosen: StageLayout; choose: (layout: StageLayout) => void };
  pictureInPicture: { on: boolean; toggle: () => void } | null;
  fullScreen: { on: boolean; toggle: () => void } | null;
  show: (dialog: CallDialog) => void;
  leave: () => void;
  /** `null` for who may not; asks before it does it. */
  endForAll: (() => void) | null;
}
