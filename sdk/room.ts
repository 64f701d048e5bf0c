import type {
  ChatMessage,
  ConsumerId,
  InitialView,
  JoinRoomReply,
  LeaveReason,
  MediaSource,
  Participant,
  MessageId,
  ParticipantId,
  RoomEndReason,
  RoomSlug,
  RoomSummary,
  Tile,
} from '@minimeet/protocol';
import type { Device } from 'mediasoup-client/types';
import { ChatLog } from './chat-log.js';
import { Emitter } from './emitter.js';
import { MiniMeetError } from './errors.js';
import { LocalPublication } from './local-publication.js';
import { MediaSession, type MediaState } from './media-session.js';
import { delay, PersistentRequester } from './persistent-requester.js';
import { RemoteTracks, type RemoteTrack } from './remote-tracks.js';
import { Roster } from './roster.js';
import type { Signalling } from './signalling.js';
import { Stay } from './stay.js';
import { randomUuid } from './uuid.js';
import { ViewSender } from './view-sender.js';

export interface JoinOptions {
  /** What to show before the first `setView`: the server picks. */
  view?: InitialView;
  /** Published with the join: the others hear of the person and the tracks at once. */
  publish?: { track: MediaStreamTrack; source: MediaSource; paused?: boolean }[];
  /** `false`: take part without media, in the chat only. */
  receive?: boolean;
}

export type ConnectionState = 'connected' | 'reconnecting' | 'closed';
export type EndReason = LeaveReason | RoomEndReason;

const REBUILD_DELAY_MS = 1_000;
const REBUILD_DELAY_MAX_MS = 30_000;

/** Each is emitted after the room's properties say the same. */
interface RoomEvents {
  'participant-joined': [Participant];
  'participant-left': [Participant, LeaveReason];
  'participant-updated': [Participant];
  'track-added': [RemoteTrack];
  'track-changed': [RemoteTrack];
  'track-removed': [RemoteTrack];
  /** Loudest first; empty in silence. */
  'active-speakers': [ParticipantId[]];
  message: [ChatMessage];
  'connection-changed': [ConnectionState];
  'media-changed': [MediaState];
  'room-changed': [RoomSummary];
  /** One of one's own tracks is not sent any more. */
  'publication-closed': [LocalPublication];
  /** The stay is over, for whatever reason; `left` is one's own `leave()`. */
  ended: [EndReason];
  /** Something failed that no call is waiting for. */
  error: [MiniMeetError];
}

/** One's stay in the call of a room. Lost connections and lost media are repaired in it; it ends with 'ended'. */
export class Room extends Emitter<RoomEvents> {
  readonly slug: RoomSlug;
  readonly #device: Device | null;
  readonly #requester: PersistentRequester;
  readonly #stay: Stay;
  readonly #roster: Roster;
  readonly #tracks: RemoteTracks;
  readonly #chat = new ChatLog();
  readonly #view: ViewSender;
  readonly #publications = new Map<MediaSource, LocalPublication>();
  #media: MediaSession | null;
  #summary: RoomSummary | null = null;
  #self: Participant | null = null;
  #activeSpeakers: ParticipantId[] = [];
  #connection: ConnectionState = 'connected';
  /** Resumed: the next `consumers_opened` names all that there are. */
  #allConsumersFollow = false;
  #lostInARow = 0;

  /** @internal `MiniMeetClient.join` */
  static async join(
    signalling: Signalling,
    device: Device | null,
    slug: RoomSlug,
    options: JoinOptions,
    prepared: MediaSession | null,
  ): Promise<Room> {
    const room = new Room(signalling, options.receive === false ? null : device, slug, options, prepared);
    try {
      await room.#stay.enter();
    } catch (error) {
      room.#end('failed');
      throw MiniMeetError.from(error);
    }
    return room;
  }

  private constructor(
    signalling: Signalling,
    device: Device | null,
    slug: RoomSlug,
    options: JoinOptions,
    prepared: MediaSession | null,
  ) {
    super();
    this.slug = slug;
    this.#device = device;
    this.#media = prepared;
    this.#requester = new PersistentRequester(signalling);
    this.#view = new ViewSender(this.#requester, (error) => this.emit('error', error));
    this.#roster = new Roster({
      joined: (participant) => this.emit('participant-joined', participant),
      updated: (participant) => this.emit('participant-updated', participant),
      left: (participant, reason) => this.emit('participant-left', participant, reason),
    });
    this.#tracks = new RemoteTracks({
      added: (track) => this.emit('track-added', track),
      changed: (track) => this.emit('track-changed', track),
      removed: (track) => this.emit('track-removed', track),
      failed: (error) => this.emit('error', error),
    });
    this.#stay = new Stay(signalling, {
      request: () => ({
        room: slug,
        rtpCapabilities: this.#device?.recvRtpCapabilities,
        view: options.view,
        willPublish: this.#device && this.#publications.size > 0 ? [...this.#publications.keys()] : undefined,
      }),
      entered: (reply) => this.#entered(reply),
      lost: () => this.#lost(),
      over: (reason, error) => this.#over(reason, error),
    });
    this.#listen();
    if (prepared) this.#adopt(prepared);
    for (const { track, source, paused } of options.publish ?? []) {
      this.publish(track, { source, paused }).catch((error: unknown) => this.emit('error', MiniMeetError.from(error)));
    }
  }

  get name(): string {
    return this.#summary?.name ?? '';
  }

  /** Oneself. The id is a new one when a lost connection came back too late to be resumed. */
  get self(): Participant {
    if (!this.#self) throw new MiniMeetError('WRONG_STATE', 'The room is not joined yet.');
    return this.#self;
  }

  /** The others. */
  get participants(): ReadonlyMap<ParticipantId, Participant> {
    return this.#roster.all;
  }

  /** The newest messages, oldest first; a new array whenever it changes. Older ones: `MiniMeetApi.messages`. */
  get messages(): readonly ChatMessage[] {
    return this.#chat.messages;
  }

  /** Loudest first. */
  get activeSpeakers(): readonly ParticipantId[] {
    return this.#activeSpeakers;
  }

  get connection(): ConnectionState {
    return this.#connection;
  }

  /** `null` without media: no WebRTC here, or `receive: false`. */
  get media(): MediaState | null {
    return this.#media?.state ?? null;
  }

  get remoteTracks(): ReadonlyMap<ConsumerId, RemoteTrack> {
    return this.#tracks.all;
  }

  get localPublications(): ReadonlyMap<MediaSource, LocalPublication> {
    return this.#publications;
  }

  track(participantId: ParticipantId, source: MediaSource): RemoteTrack | undefined {
    return this.#tracks.find(participantId, source);
  }

  /**
   * Sends a track to the others, until its publication is closed or the track ends. The track stays the caller's.
   * Calls of one tick are one request.
   * @throws MiniMeetError WRONG_STATE: the source is published already, or the room is over; UNSUPPORTED_MEDIA; the server's errors.
   */
  async publish(
    track: MediaStreamTrack,
    options: { source: MediaSource; paused?: boolean },
  ): Promise<LocalPublication> {
    const { source, paused = false } = options;
    if (this.#connection === 'closed') throw new MiniMeetError('WRONG_STATE', 'The room was left.');
    if (!this.#device) throw new MiniMeetError('UNSUPPORTED_MEDIA', 'This room was joined without media.');
    if (this.#publications.has(source)) throw new MiniMeetError('WRONG_STATE', `There is a ${source} already.`);
    const publication = new LocalPublication(track, source, this.#requester, paused);
    this.#publications.set(source, publication);
    publication.once('closed', () => {
      this.#publications.delete(source);
      this.emit('publication-closed', publication);
    });
    if (this.#media) void publication.attach(this.#media).catch(() => undefined);
    await this.#attached(publication);
    return publication;
  }

  /** What the page shows now. Call it as often as you like: only changes are sent, all of one tick at once. */
  setView(tiles: Tile[]): void {
    if (this.#device && this.#connection !== 'closed') this.#view.set(tiles);
  }

  /** A hint from a voice detection of the page's own, so that the others hear the first syllable. Never fails. */
  setSpeaking(speaking: boolean): void {
    if (this.#connection !== 'connected') return;
    this.#requester.request('set_speaking', { speaking }, { repeat: () => false }).catch(() => undefined);
  }

  /**
   * Repeats itself over lost connections, under the same id, so that it is stored once.
   * @throws MiniMeetError after 30 s without success, or the server's refusal.
   */
  async sendMessage(text: string, id: MessageId = randomUuid()): Promise<ChatMessage> {
    const { message } = await this.#requester.request(
      'chat_message',
      { id, content: { type: 'text', text } },
      { repeat: ({ retryable }) => retryable },
    );
    this.#addMessages([message]);
    return message;
  }

  /** Ends the stay at once; the connection stays for another room. */
  async leave(): Promise<void> {
    if (this.#connection === 'closed') return;
    const told = this.#stay.leave();
    this.#end('left');
    await told;
  }

  #listen(): void {
    const stay = this.#stay;
    stay.on('participant_joined', ({ participant }) => this.#roster.set(participant));
    stay.on('participant_updated', ({ participant }) => this.#updateParticipant(participant));
    stay.on('participant_left', ({ participantId, reason }) => {
      this.#tracks.retain((track) => track.participantId !== participantId);
      this.#roster.remove(participantId, reason);
    });
    stay.on('consumers_changed', ({ consumers }) => this.#tracks.change(consumers));
    stay.on('consumers_closed', ({ consumerIds }) => this.#tracks.close(consumerIds));
    stay.on('layers_wanted', ({ producers }) => {
      for (const { producerId, maxSpatialLayer } of producers) {
        for (const publication of this.#publications.values()) {
          if (publication.producerId === producerId) publication.limitLayers(maxSpatialLayer);
        }
      }
    });
    stay.on('active_speakers', ({ participantIds }) => this.#setActiveSpeakers(participantIds));
    stay.on('chat_message', ({ message }) => this.#addMessages([message]));
    stay.on('room_changed', ({ room }) => this.#setSummary(room));
    stay.on('room_ended', ({ reason }) => this.#end(reason));
    stay.on('removed', ({ reason }) => this.#end(reason));
    stay.onConsumersOpened(async (consumers) => {
      const resumed = this.#allConsumersFollow;
      this.#allConsumersFollow = false;
      if (resumed) this.#tracks.retain(({ consumerId }) => consumers.some(({ id }) => id === consumerId));
      if (this.#media) await this.#tracks.open(this.#media, consumers);
    });
  }

  /** Joined: for the first time, resumed, or anew. Only what is different is told. */
  #entered(reply: JoinRoomReply): void {
    this.#setSummary(reply.room);
    this.#self = reply.self;
    this.#useMedia(reply);
    this.#roster.reconcile(reply.participants);
    const producerIds = new Set(
      reply.participants.flatMap(({ publications }) => publications.map(({ producerId }) => producerId)),
    );
    this.#tracks.retain(({ producerId }) => producerIds.has(producerId));
    this.#setActiveSpeakers(reply.activeSpeakers);
    this.#addMessages(reply.messages);
    this.#requester.release();
    this.#view.repeat();
    this.#setConnection('connected');
  }

  #useMedia({ media, resumed }: JoinRoomReply): void {
    const before = this.#media;
    if (before && !before.closed && (media ? before.matches(media) : resumed)) {
      this.#allConsumersFollow = resumed;
      return before.repair();
    }
    // Its end is no news: what follows is.
    this.#media = null;
    before?.close();
    this.#allConsumersFollow = false;
    this.#tracks.closeAll();
    if (!media || !this.#device) return;
    const session = new MediaSession(this.#device, media, this.#requester);
    this.#media = session;
    this.#adopt(session);
    for (const publication of this.#publications.values()) {
      const again = before !== null;
      const attached = publication.attach(session);
      // Of the first time, `publish()` tells; of a time after that, nobody else would.
      attached.catch((error: unknown) => (again ? this.#republishFailed(publication, session, error) : undefined));
    }
    session.warmUp().catch((error: unknown) => {
      if (!session.closed) this.emit('error', MiniMeetError.from(error));
    });
    this.emit('media-changed', session.state);
  }

  #adopt(session: MediaSession): void {
    session.useRequester(this.#requester);
    session.on('state-changed', (state) => {
      if (session !== this.#media) return;
      if (state === 'connected') this.#lostInARow = 0;
      this.emit('media-changed', state);
    });
    session.on('error', (error) => this.emit('error', error));
    session.on('lost', () => {
      // At once after media that worked; a path that never opens is tried more and more seldom.
      const delayMs =
        this.#lostInARow === 0 ? 0 : Math.min(REBUILD_DELAY_MAX_MS, REBUILD_DELAY_MS * 2 ** this.#lostInARow);
      this.#lostInARow += 1;
      void delay(delayMs).then(() => {
        if (session === this.#media) this.#stay.rebuild();
      });
    });
  }

  #republishFailed(publication: LocalPublication, session: MediaSession, error: unknown): void {
    if (session !== this.#media || session.closed) return;
    publication.end();
    this.emit('error', MiniMeetError.from(error));
  }

  /** Resolves when the publication is sent, through whichever session it takes. */
  async #attached(publication: LocalPublication): Promise<void> {
    for (;;) {
      await this.#stay.entering;
      const [attempt, media] = [publication.attached, this.#media];
      try {
        if (!attempt) throw new MiniMeetError('UNSUPPORTED_MEDIA', 'The server gave this room no media.');
        await attempt;
        return;
      } catch (error) {
        const superseded = publication.attached !== attempt || this.#media !== media || this.#stay.entering !== null;
        if (superseded && this.#connection !== 'closed') continue;
        publication.end();
        throw error;
      }
    }
  }

  #updateParticipant(participant: Participant): void {
    if (participant.id !== this.#self?.id) return this.#roster.set(participant);
    this.#self = participant;
    this.emit('participant-updated', participant);
  }

  #setSummary(room: RoomSummary): void {
    const changed = this.#summary !== null && this.#summary.name !== room.name;
    this.#summary = room;
    if (changed) this.emit('room-changed', room);
  }

  #setActiveSpeakers(ids: ParticipantId[]): void {
    if (ids.join() === this.#activeSpeakers.join()) return;
    this.#activeSpeakers = ids;
    this.emit('active-speakers', ids);
  }

  #addMessages(messages: ChatMessage[]): void {
    for (const message of this.#chat.add(messages)) this.emit('message', message);
  }

  #setConnection(state: ConnectionState): void {
    if (state === this.#connection) return;
    this.#connection = state;
    this.emit('connection-changed', state);
  }

  #lost(): void {
    this.#requester.hold();
    this.#setConnection('reconnecting');
  }

  #over(reason: EndReason, error: MiniMeetError): void {
    this.emit('error', error);
    this.#end(reason);
  }

  #end(reason: EndReason): void {
    if (this.#connection === 'closed') return;
    this.#stay.end();
    this.#requester.end();
    const media = this.#media;
    this.#media = null;
    media?.close();
    this.#tracks.closeAll();
    for (const publication of [...this.#publications.values()]) publication.end();
    this.#setConnection('closed');
    this.emit('ended', reason);
  }
}
