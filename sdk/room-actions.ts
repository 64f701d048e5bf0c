import type { CallReaction, MediaSource, ParticipantId, RequestName, RequestOf, Role } from '@minimeet/protocol';
import { Emitter } from './emitter.js';
import type { PersistentRequester } from './persistent-requester.js';
import type { RoomEvents } from './room-events.js';

/**
 * The signs of a meeting, and the acts of hosts and moderators. The server decides by its own record who may do them,
 * and events tell the effects. All throw MiniMeetError: FORBIDDEN, NOT_FOUND when the person is gone, DISCONNECTED
 * after 30 s without a connection.
 */
export abstract class RoomActions extends Emitter<RoomEvents> {
  protected abstract readonly requester: PersistentRequester;

  async raiseHand(): Promise<void> {
    await this.#ask('raise_hand', { raised: true });
  }

  /** One's own; hosts and moderators lower anybody's. */
  async lowerHand(participantId?: ParticipantId): Promise<void> {
    await this.#ask('raise_hand', { raised: false, participantId });
  }

  /** It comes back as an event. Late, it would be out of place: it is not repeated. */
  async sendReaction(reaction: CallReaction): Promise<void> {
    await this.requester.request('send_reaction', { reaction }, { repeat: () => false });
  }

  /** Says that one is away from the screen, or back. */
  async setAway(away: boolean): Promise<void> {
    await this.#ask('set_display_state', { away });
  }

  /** Pauses a microphone or a camera, ends a screen and its sound. */
  async muteParticipant(participantId: ParticipantId, source: MediaSource): Promise<void> {
    await this.#ask('mute_participant', { participantId, source });
  }

  /** The same with everybody else to whom one may do it. */
  async muteAll(source: MediaSource): Promise<void> {
    await this.#ask('mute_participant', { source });
  }

  /** @param options `ban`: for good, until a host lifts it. */
  async removeParticipant(participantId: ParticipantId, { ban }: { ban?: boolean } = {}): Promise<void> {
    await this.#ask('remove_participant', { participantId, ban });
  }

  /** Lets somebody in who waits in the lobby. */
  async admit(participantId: ParticipantId): Promise<void> {
    await this.#ask('admit_participant', { participantId, admit: true });
  }

  async deny(participantId: ParticipantId): Promise<void> {
    await this.#ask('admit_participant', { participantId, admit: false });
  }

  /** Nobody new comes in. */
  async setLocked(locked: boolean): Promise<void> {
    await this.#ask('set_room_lock', { locked });
  }

  async setRole(participantId: ParticipantId, role: Exclude<Role, 'guest'>): Promise<void> {
    await this.#ask('set_role', { participantId, role });
  }

  async endForAll(): Promise<void> {
    await this.#ask('end_room', {});
  }

  async #ask<Name extends RequestName>(name: Name, payload: RequestOf<Name>): Promise<void> {
    await this.requester.request(name, payload);
  }
}
