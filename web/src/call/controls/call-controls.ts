import type { StageLayout } from '../arrange.js';

export type Panel = 'chat' | 'people';
export type CallDialog = 'invite' | 'settings' | 'shortcuts';

/** Of a camera or a microphone, as its button shows it. */
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
  panel: { open: Panel | null; toggle: (panel: Panel) => void };
  /** Messages that one has not seen. */
  unread: number;
  /** In the call, oneself included. */
  people: number;
  layout: { chosen: StageLayout; choose: (layout: StageLayout) => void };
  pictureInPicture: { on: boolean; toggle: () => void } | null;
  fullScreen: { on: boolean; toggle: () => void } | null;
  show: (dialog: CallDialog) => void;
  leave: () => void;
}
