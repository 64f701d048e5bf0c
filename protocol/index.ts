/** The contract of MiniMeet's Socket.IO and REST API: types, error codes, limits and waits before a retry. */
export * from './backoff.js';
export * from './chat.js';
export * from './errors.js';
export * from './ids.js';
export * from './limits.js';
export * from './media.js';
export * from './moderation.js';
export * from './notifications.js';
export * from './participants.js';
export * from './presence.js';
export * from './quality.js';
export * from './reasons.js';
export * from './requests.js';
export * from './rest.js';
export * from './telemetry.js';
export * from './version.js';
