import { isDeepStrictEqual } from 'node:util';
import type { Role, RoomId, UpdateRoomBody } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { AppError } from '../common/errors/index.js';
import type { Actor } from './actor.js';
import { MemberRecords } from './member-records.js';
import { MODERATORS } from './roles.js';
import { RoomChanges } from './room-changes.js';
import { RoomPasswords } from './room-passwords.js';
import { RoomRecords } from './room-records.js';
import { summaryOf } from './room-summary.js';
import type { RoomEntity } from './room.entity.js';

/** The settings of a room, which hosts and moderators change. */
@Injectable()
export class RoomSettings {
  constructor(
    private readonly records: RoomRecords,
    private readonly members: MemberRecords,
    private readonly passwords: RoomPasswords,
    private readonly changes: RoomChanges,
  ) {}

  /**
   * Changes what is given and leaves the rest. A room that gets another `access` forgets its password.
   * @returns the room as it is now, and the actor's role.
   * @throws AppError NOT_FOUND, FORBIDDEN, INVALID_PAYLOAD when `access` and `password` do not go together.
   */
  async change(
    actor: Actor,
    roomId: RoomId,
    { name, access, password, locked, allowUnmute }: UpdateRoomBody,
  ): Promise<{ room: RoomEntity; role: Role }> {
    // Refused before a hash is made for nothing; the right is looked up again behind the lock.
    await this.members.assertActor(actor, roomId, MODERATORS);
    const newHash = password === undefined ? null : await this.passwords.hash(password);
    return this.changes.by(actor, MODERATORS, roomId, async ({ manager, room: before, role, tell }) => {
      const changes = {
        name: name ?? before.name,
        access: access ?? before.access,
        locked: locked ?? before.locked,
        allowUnmute: allowUnmute ?? before.allowUnmute,
      };
      assertPasswordFits({ access: changes.access, password, hadPassword: before.passwordHash !== null });
      const passwordHash = changes.access === 'password' ? (newHash ?? before.passwordHash) : null;
      await this.records.change(manager, roomId, { ...changes, passwordHash });
      const room = { ...before, ...changes, passwordHash };
      const [summary, previous] = [summaryOf(room), summaryOf(before)];
      if (!isDeepStrictEqual(summary, previous)) {
        tell('room-updated', { room: summary, previous, by: actor.userId, at: new Date() });
      }
      return { room, role };
    });
  }
}

/** @throws AppError INVALID_PAYLOAD */
export function assertPasswordFits({
  access,
  password,
  hadPassword,
}: Pick<UpdateRoomBody, 'access' | 'password'> & { hadPassword: boolean }): void {
  const isMissing = access === 'password' && password === undefined && !hadPassword;
  const isUseless = access !== 'password' && password !== undefined;
  if (!isMissing && !isUseless) return;
  const sentence = isMissing
    ? 'A room with `access: password` needs a password.'
    : 'Only a room with `access: password` has a password.';
  throw new AppError('INVALID_PAYLOAD', sentence, { details: { password: [sentence] } });
}
