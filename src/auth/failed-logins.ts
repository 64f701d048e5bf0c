import { Injectable } from '@nestjs/common';
import { WrongPasswords } from './passwords/wrong-passwords.js';

/** Slows down guessing an account's password, by account and IP address. */
@Injectable()
export class FailedLogins {
  private readonly wrong = new WrongPasswords();

  /** @throws AppError RATE_LIMITED */
  take(ip: string, email: string): Promise<void> {
    return this.wrong.take(keyOf(ip, email));
  }

  forgive(ip: string, email: string): Promise<void> {
    return this.wrong.forgive(keyOf(ip, email));
  }
}

function keyOf(ip: string, email: string): string {
  return `${ip} ${email.toLowerCase()}`;
}
