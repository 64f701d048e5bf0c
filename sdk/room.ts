import type {
  ConsumerId,
  JoinRoomReply,
  LobbyEntry,
  MediaSource,
  Participant,
  ParticipantId,
  RoomSettings,
  RoomSlug,
  Tile,
} from '@minimeet/protocol';
import { Chat, type ConnectionState } from './chat.js';
import { MiniMeetError } from './errors.js';
import type { JoinClock } from './join-clock.js';
import type { LocalPublication } from './local-publication.js';
import type { MediaState } from './media-session.js';
import { PersistentRequester } from './persistent-requester.js';
import { joinGoal, QualityReporter } from './quality-reporter.js';
import { RemoteTracks, type RemoteTrack } from './remote-tracks.js';
import { RoomActions } from './room-actions.js';
import type { RoomEntry } from './room-entry.js';
import type { EndReason } from './room-events.js';
import { RoomFacts } from './room-facts.js';
import { Roster } from './roster.js';
import type { Signalling } from './signalling.js';
import { Stay } from './stay.js';
import { StayMedia } from './stay-media.js';
import { ViewSender } from './view-sender.js';

/** One's stay in the call of a room. Lost connections and lost media are repaired in it; it ends with 'ended'. */
export class Room extends RoomActions {
  readonly slug: RoomSlug;
  /** The messages: writing, reading and their history. */
  readonly chat: Chat;
  protected readonly requester: PersistentRequester;
  readonly #stay: Stay;
  readonly #roster: Roster;
  readonly #tracks: RemoteTracks;
  readonly #view: ViewSender;
  readonly #media: StayMedia;
  readonly #facts = new RoomFacts((name, ...args) => this.emit(name, ...args));
  readonly #clock: JoinClock;
  readonly #reporter: QualityReporter;
  #connection: ConnectionState = 'connected';
  /** Resumed: the next `consumers_opened` names all that there are. */
  #allConsumersFollow = false;

  /** @internal `MiniMeetClient.join` */
  static async join(signalling: Signalling, entry: RoomEntry): Promise<Room> {
    const room = new Room(signalling, entry);
    entry.clock.reach('asked');
    try {
      await room.#stay.enter();
    } catch (error) {
      room.#end('failed');
      throw MiniMeetError.from(error);
    }
    return room;
  }

  private constructor(signalling: Signalling, { device, slug, options, prepared, clock, history }: RoomEntry) {
    super();
    this.slug = slug;
    this.#clock = clock;
    this.requester = new PersistentRequester(signalling);
    this.chat = new Chat({ slug, requester: this.requester, history, ofCall: true, close: () => undefined });
    this.#view = new ViewSender(this.requester, (error) => this.emit('error', error));
    this.#media = new StayMedia(device, this.requester, {
      changed: (state) => this.emit('media-changed', state),
      receiving: () => clock.reach('receiving'),
      replaced: () => {
        this.#tracks.closeAll();
        this.#reporter.mediaReplaced();
      },
      rebuild: () => this.#stay.rebuild(),
      unpublished: (publication) => this.emit('publication-closed', publication),
      failed: (error) => this.emit('error', error),
      entering: () => this.#stay.entering,
    });
    this.#roster = new Roster({
      joined: (participant) => this.emit('participant-joined', participant),
      updated: (participant) => this.emit('participant-updated', participant),
      left: (participant, reason) => this.emit('participant-left', participant, reason),
    });
    this.#tracks = new RemoteTracks({
      added: (track) => {
        this.#reporter.trackAdded(track);
        this.emit('track-added', track);
      },
      changed: (track) => {
        this.#reporter.trackChanged(track);
        this.emit('track-changed', track);
      },
      removed: (track) => this.emit('track-removed', track),
      failed: (error) => this.emit('error', error),
    });
    this.#reporter = new QualityReporter({
      requester: this.requester,
      clock,
      received: {
        tracks: this.#tracks.all,
        stats: async () => (await this.#media.session?.receivedStats()) ?? null,
      },
    });
    this.#stay = new Stay(signalling, {
      request: () => ({
        room: slug,
        rtpCapabilities: device?.recvRtpCapabilities,
        view: options.view,
        willPublish: device && this.#media.publications.size > 0 ? [...this.#media.publications.keys()] : undefined,
        invite: options.invite,
        password: options.password,
      }),
      entered: (reply) => this.#entered(reply),
      lost: () => this.#lost(),
      over: (reason, error) => this.#over(reason, error),
    });
    this.#listen();
    this.chat.listen(this.#stay);
    if (prepared) this.#media.begin(prepared);
    for (const { track, source, paused } of options.publish ?? []) {
      this.publish(track, { source, paused }).catch((error: unknown) => this.emit('error', MiniMeetError.from(error)));
    }
  }

  get name(): string {
    return this.#facts.name;
  }

  /** Oneself. The id is a new one when a lost connection came back too late to be resumed. */
  get self(): Participant {
    return this.#facts.self;
  }

  /** The others. */
  get participants(): ReadonlyMap<ParticipantId, Participant> {
    return this.#roster.all;
  }

  /** The settings that hosts and moderators may change. */
  get settings(): RoomSettings {
    return this.#facts.settings;
  }

  /** Everybody who waits to be let in, the longest first, for hosts and moderators; a new array whenever it changes. */
  get lobby(): readonly LobbyEntry[] {
    return this.#facts.lobby;
  }

  /** Loudest first. */
  get activeSpeakers(): readonly ParticipantId[] {
    return this.#facts.activeSpeakers;
  }

  get connection(): ConnectionState {
    return this.#connection;
  }

  /** `null` without media: no WebRTC here, or `receive: false`. */
  get media(): MediaState | null {
    return this.#media.session?.state ?? null;
  }

  get remoteTracks(): ReadonlyMap<ConsumerId, RemoteTrack> {
    return this.#tracks.all;
  }

  get localPublications(): ReadonlyMap<MediaSource, LocalPublication> {
    return this.#media.publications;
  }

  track(participantId: ParticipantId, source: MediaSource): RemoteTrack | undefined {
    return this.#tracks.find(participantId, source);
  }

  /**
   * The browser's statistics of the media now (W3C webrtc-stats); a track is found by its `trackIdentifier`. Asking
   * costs the browser a millisecond or two for each. @returns `null` without media.
   */
  async stats(): Promise<{ received: RTCStatsReport; sent: RTCStatsReport } | null> {
    const { session } = this.#media;
    if (!session || session.closed) return null;
    const [received, sent] = await Promise.all([session.receivedStats(), session.sentStats()]);
    return { received, sent };
  }

  /**
   * Sends a track to the others, until its publication is closed or the track ends. The track stays the caller's. Calls
   * of one tick are one request.
   * @throws MiniMeetError WRONG_STATE: the source is published already, or the room is over; UNSUPPORTED_MEDIA; the
   * server's errors.
   */
  publish(track: MediaStreamTrack, options: { source: MediaSource; paused?: boolean }): Promise<LocalPublication> {
    return this.#media.publish(track, options);
  }

  /**
   * Says which tiles the page shows now. Only changes are sent, all of one tick at once: call it as often as you like.
   */
  setView(tiles: Tile[]): void {
    if (this.#media.device && this.#connection !== 'closed') this.#view.set(tiles);
  }

  /** Passes on a hint from the page's own voice detection, so that the others hear the first syllable. Never fails. */
  setSpeaking(speaking: boolean): void {
    if (this.#connection !== 'connected') return;
    this.requester.request('set_speaking', { speaking }, { repeat: () => false }).catch(() => undefined);
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
    stay.on('participant_updated', ({ participant }) =>
      this.#facts.isSelf(participant) ? this.#facts.setSelf(participant) : this.#roster.set(participant),
    );
    stay.on('participant_left', ({ participantId, reason }) => {
      this.#tracks.retain((track) => track.participantId !== participantId);
      this.#roster.remove(participantId, reason);
    });
    stay.on('consumers_changed', ({ consumers }) => this.#tracks.change(consumers));
    stay.on('consumers_closed', ({ consumerIds }) => this.#tracks.close(consumerIds));
    stay.on('layers_wanted', ({ producers }) => {
      for (const { producerId, maxSpatialLayer } of producers) this.#media.limitLayers(producerId, maxSpatialLayer);
    });
    stay.on('active_speakers', ({ participantIds }) => this.#facts.setActiveSpeakers(participantIds));
    stay.on('reaction', (reaction) => this.emit('reaction', reaction));
    stay.on('muted', ({ source, by }) => {
      this.#media.mutedByOther(source);
      this.emit('muted', { source, by });
    });
    stay.on('lobby_changed', ({ waiting }) => this.#facts.setLobby(waiting));
    stay.on('room_changed', ({ room }) => this.#facts.setRoom(room));
    stay.on('room_ended', ({ reason }) => this.#end(reason));
    stay.onRemoved((reason) => this.#end(reason));
    stay.onConsumersOpened(async (consumers) => {
      const resumed = this.#allConsumersFollow;
      this.#allConsumersFollow = false;
      if (resumed) this.#tracks.retain(({ consumerId }) => consumers.some(({ id }) => id === consumerId));
      if (this.#media.session) await this.#tracks.open(this.#media.session, consumers);
    });
  }

  /** Joined: for the first time, resumed, or anew. Only what is different is told. */
  #entered(reply: JoinRoomReply): void {
    this.#facts.enter(reply);
    this.#clock.reach('acked');
    const goesOn = this.#media.use(reply);
    this.#allConsumersFollow = goesOn && reply.resumed;
    if (this.#allConsumersFollow) {
      for (const source of this.#media.match(reply.self.publications)) this.emit('muted', { source, by: null });
    }
    this.#roster.reconcile(reply.participants);
    const producerIds = new Set(
      reply.participants.flatMap(({ publications }) => publications.map(({ producerId }) => producerId)),
    );
    this.#tracks.retain(({ producerId }) => producerIds.has(producerId));
    this.#facts.setActiveSpeakers(reply.activeSpeakers);
    this.#facts.setLobby(reply.lobby);
    this.requester.release();
    this.chat.entered({
      roomId: reply.room.id,
      self: reply.self.userId,
      messages: reply.messages,
      lastReadSequence: reply.lastReadSequence,
      chatPending: reply.chatPending,
    });
    this.#view.repeat();
    this.#setConnection('connected');
    this.#reporter.start(joinGoal(this.#media.session !== null, reply.participants));
  }

  #setConnection(state: ConnectionState): void {
    if (state === this.#connection) return;
    this.#connection = state;
    this.emit('connection-changed', state);
  }

  #lost(): void {
    this.requester.hold();
    this.chat.lost();
    this.#setConnection('reconnecting');
  }

  #over(reason: EndReason, error: MiniMeetError): void {
    this.emit('error', error);
    this.#end(reason);
  }

  #end(reason: EndReason): void {
    if (this.#connection === 'closed') return;
    this.#stay.end();
    this.requester.end();
    this.#reporter.end();
    this.#media.end();
    this.chat.ended();
    this.#setConnection('closed');
    this.emit('ended', reason);
  }
}
