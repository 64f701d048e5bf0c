import type { RoomId, UserId } from '@minimeet/protocol';

/** The sender of a request. */
export interface Identity {
  userId: UserId;
  displayName: string;
  /** A path on this server; `null` without a picture. */
  pictureUrl: string | null;
  /** The only room that a guest may enter; `null` for an account. */
  guestRoomId: RoomId | null;
}
