import type { LeaveReason, Participant, ParticipantId } from '@minimeet/protocol';

interface RosterListeners {
  joined(participant: Participant): void;
  left(participant: Participant, reason: LeaveReason): void;
  updated(participant: Participant): void;
}

/** The others in the room. */
export class Roster {
  readonly #listeners: RosterListeners;
  readonly #participants = new Map<ParticipantId, Participant>();

  constructor(listeners: RosterListeners) {
    this.#listeners = listeners;
  }

  get all(): ReadonlyMap<ParticipantId, Participant> {
    return this.#participants;
  }

  /** Adds or changes a person; an unchanged person who is here already is no news. */
  set(participant: Participant): void {
    const before = this.#participants.get(participant.id);
    if (before && JSON.stringify(before) === JSON.stringify(participant)) return;
    this.#participants.set(participant.id, participant);
    if (before) this.#listeners.updated(participant);
    else this.#listeners.joined(participant);
  }

  remove(id: ParticipantId, reason: LeaveReason): void {
    const participant = this.#participants.get(id);
    if (!participant) return;
    this.#participants.delete(id);
    this.#listeners.left(participant, reason);
  }

  /** Makes it what the server says now, after a time of not listening. */
  reconcile(participants: Participant[]): void {
    const present = new Set(participants.map(({ id }) => id));
    // Why somebody left meanwhile was not heard.
    for (const id of [...this.#participants.keys()]) if (!present.has(id)) this.remove(id, 'left');
    participants.forEach((participant) => this.set(participant));
  }
}
