import type { JoinRoomReply, Participant, ParticipantId } from '@minimeet/protocol';
import type { Stay } from '@minimeet/sdk';

/** The other people in the room and its speakers, as the server said last. */
export class PeerRoster {
  readonly #participants = new Map<ParticipantId, Participant>();
  readonly #onChange: () => void;
  #activeSpeakers: readonly ParticipantId[] = [];
  #selfId: ParticipantId | null = null;

  constructor(stay: Stay, onChange: () => void) {
    this.#onChange = onChange;
    stay.on('participant_joined', ({ participant }) => this.#set(participant));
    stay.on('participant_updated', ({ participant }) => this.#set(participant));
    stay.on('participant_left', ({ participantId }) => {
      if (this.#participants.delete(participantId)) onChange();
    });
    stay.on('active_speakers', ({ participantIds }) => {
      this.#activeSpeakers = participantIds;
      onChange();
    });
  }

  /** In the order in which they came. */
  get participants(): ReadonlyMap<ParticipantId, Participant> {
    return this.#participants;
  }

  /** Loudest first. */
  get activeSpeakers(): readonly ParticipantId[] {
    return this.#activeSpeakers;
  }

  entered({ participants, activeSpeakers, self }: JoinRoomReply): void {
    this.#selfId = self.id;
    this.#participants.clear();
    for (const participant of participants) this.#participants.set(participant.id, participant);
    this.#activeSpeakers = activeSpeakers;
    this.#onChange();
  }

  #set(participant: Participant): void {
    // One's own hand or role.
    if (participant.id === this.#selfId) return;
    this.#participants.set(participant.id, participant);
    this.#onChange();
  }
}
