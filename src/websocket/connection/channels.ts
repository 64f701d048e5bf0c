import type { RoomId, UserId } from '@minimeet/protocol';

// Socket.IO's rooms: a connection in one gets everything that is sent to it.

/** Those who have the chat of a room open without being in its call. */
export const chatChannel = (roomId: RoomId): string => `chat:${roomId}`;
/** Those who are in the call of a room. */
export const callChannel = (roomId: RoomId): string => `call:${roomId}`;
/** Those who watch the presence of an account. */
export const presenceChannel = (userId: UserId): string => `presence:${userId}`;
/** All connections of an account. */
export const userChannel = (userId: UserId): string => `user:${userId}`;
