/** A string that stands for one kind of thing, so that two ids cannot be swapped by mistake. */
type Brand<Name extends string> = string & { readonly __brand?: Name };

/** A room's UUID. */
export type RoomId = Brand<'RoomId'>;
/** A room's name in links: lower-case letters, digits and dashes. */
export type RoomSlug = Brand<'RoomSlug'>;
/** An account's UUID. */
export type UserId = Brand<'UserId'>;
/** One person's stay in one room; a new one for every join, kept across a resume. */
export type ParticipantId = Brand<'ParticipantId'>;
/** A WebRTC transport of the SFU. */
export type TransportId = Brand<'TransportId'>;
/** A track on its way from a participant to the server: the UUID that the client chose when it asked to produce. */
export type ProducerId = Brand<'ProducerId'>;
/** One producer, forwarded to one participant. */
export type ConsumerId = Brand<'ConsumerId'>;
/** An uploaded file's UUID. */
export type AttachmentId = Brand<'AttachmentId'>;
/** A chat message's UUID, chosen by its sender. */
export type MessageId = Brand<'MessageId'>;
