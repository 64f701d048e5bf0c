/** Bounds on what a client may send. The server enforces them; a client can check before it asks. */
export const LIMITS = {
  /** Characters. */
  displayNameLength: 64,
  clientLength: 64,
  roomNameLength: 100,
  emailLength: 254,
  passwordMinLength: 8,
  passwordMaxLength: 128,
  messageLength: 4000,
  /** Messages in the ack of `join_room`, and the default page of history. */
  recentMessages: 50,
  /** Characters of what a reply quotes. */
  quoteLength: 200,
  mentions: 50,
  /** Characters of one emoji, and different ones under one message. */
  reactionLength: 32,
  reactionsPerMessage: 20,
  /** Above this many people in a chat, read marks go to one's own connections only. */
  readMarkPeople: 20,
  /** Chats that one connection has open, besides the call's. */
  openChats: 20,
  /** Characters of a search. */
  searchLength: 200,
  fileNameLength: 255,
  /** Uploaded files of one person that no message carries yet. */
  unsentAttachments: 20,
  /** Pixels of an image that gets a preview, and of the preview's longer edge. */
  imagePixels: 50_000_000,
  previewPixels: 960,
  /** Pixels of a profile picture's edge, and bytes of the upload. */
  picturePixels: 256,
  pictureBytes: 10 * 1024 * 1024,
  /** Accounts in one `watch_presence`. */
  watchedPeople: 200,
  /** People who wait in one lobby. */
  lobbyEntries: 100,
  roomPasswordMinLength: 4,
  roomPasswordMaxLength: 128,
  /** The largest page of any list. */
  pageSize: 100,
  /** Tiles in one `set_view`. */
  tiles: 49,
  /** Device pixels of a tile's edge. */
  tilePixels: 8192,
  /** Producers in one `produce`, and of one participant: camera, microphone, screen, screen_audio. */
  producersPerParticipant: 4,
  /** Consumers of one participant, paused ones included. */
  consumersPerParticipant: 128,
  /** People in one call. */
  participantsPerRoom: 300,
  /** RTP encodings (simulcast layers) of one producer. */
  encodings: 3,
  /** Codecs and header extensions in RTP parameters or capabilities. */
  codecs: 64,
  headerExtensions: 32,
  /** Characters of any string inside RTP or DTLS parameters. */
  rtpStringLength: 256,
  /** DTLS fingerprints in one `connect_transport`. */
  fingerprints: 8,
  /** Bytes of one Socket.IO message, and of one JSON body. */
  messageBytes: 256 * 1024,
  /** A connection's requests: this many at once, refilled at this many a second. */
  requestBurst: 200,
  requestsPerSecond: 50,
  /** Hands, reactions and “away” among these requests, since everybody in the call is told. */
  signBurst: 10,
  signsPerSecond: 2,
} as const;

/** Times that both sides rely on, in milliseconds. */
export const TIMES = {
  /** A client gives up on an ack after this long. */
  requestTimeoutMs: 10_000,
  /** A lost connection may be resumed within this time; others do not see it leave before. */
  resumeGraceMs: 15_000,
  /** A transport that has not connected is closed after this long. */
  transportConnectMs: 20_000,
  /** Media that was prepared on the pre-join screen is closed after this long without a join. */
  preparedMediaMs: 600_000,
  /** How long the server waits for announced media before it announces the participant without it. */
  announceWaitMs: 400,
  /** How often a client reports what only it can see, and how often the server samples each person's media. */
  qualityIntervalMs: 10_000,
  /** A person who was not let in may ask again after this long. */
  admissionRetryMs: 30_000,
  /** “Is typing” fades after this long. */
  typingMs: 6_000,
  /** A vanished client is noticed within this time. */
  vanishedMs: 20_000,
  /** The longest time that a client may report. */
  reportedMs: 600_000,
} as const;
