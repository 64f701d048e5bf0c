/**
 * Why a participant's stay ended. A closed set: the wire, the database and the metrics use these words.
 *
 * - `left`: they said so · `replaced`: the same account joined again elsewhere · `kicked`: a moderator removed them
 * - `banned`: a moderator removed them for good
 * - `room-ended`: the room was ended or deleted · `timed-out`: the connection was lost and not resumed in the grace time
 * - `draining`: the server shuts down · `failed`: their join could not be completed
 */
export type LeaveReason =
  'left' | 'replaced' | 'kicked' | 'banned' | 'room-ended' | 'timed-out' | 'draining' | 'failed';

/** Why a person's media must be rebuilt while the stay goes on. */
export type MediaResetReason = 'worker-died' | 'transport-failed';

/** Why a room's call ended for everybody. */
export type RoomEndReason = 'deleted' | 'ended' | 'draining';
