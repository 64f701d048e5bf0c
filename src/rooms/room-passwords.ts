import type { RoomId, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { Passwords } from '../auth/passwords/passwords.js';
import { WrongPasswords } from '../auth/passwords/wrong-passwords.js';

interface Attempt {
  roomId: RoomId;
  userId: UserId;
  password: string;
}

/** Hashes and checks the passwords of rooms, as slowly as those of accounts. */
@Injectable()
export class RoomPasswords {
  private readonly wrong = new WrongPasswords();

  constructor(private readonly passwords: Passwords) {}

  hash(password: string): Promise<string> {
    return this.passwords.hashShared(password);
  }

  /**
   * Whether the password is right.
   * @throws AppError RATE_LIMITED after many wrong passwords of one account for one room
   */
  async verify(storedHash: string, { roomId, userId, password }: Attempt): Promise<boolean> {
    const key = `${userId} ${roomId}`;
    await this.wrong.take(key);
    const isRight = await this.passwords.verify(storedHash, password);
    if (isRight) await this.wrong.forgive(key);
    return isRight;
  }
}
