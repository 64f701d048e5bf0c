import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Algorithm, hash, verify } from '@node-rs/argon2';
import { AppError } from '../../common/errors/index.js';
import { isCommonPassword } from './common-passwords.js';
import { Limiter } from '../../common/limiter.js';

/** OWASP's second choice for Argon2id: 19 MiB, two passes. `Algorithm.Argon2id` is a const enum, whose value is 2. */
const ARGON2ID: { algorithm: Algorithm; memoryCost: number; timeCost: number; parallelism: number } = {
  algorithm: 2,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

/** Hashes at once: each takes a core and 19 MiB, and calls that go on need the others. */
const MAX_PARALLEL_HASHES = 2;

/** Hashes and checks passwords. */
@Injectable()
export class Passwords implements OnModuleInit {
  private readonly limiter = new Limiter(MAX_PARALLEL_HASHES);
  private dummyHash: string;

  async onModuleInit(): Promise<void> {
    this.dummyHash = await hash('nobody has this password', ARGON2ID);
  }

  /** Hashes an account's password. @throws AppError PASSWORD_TOO_COMMON */
  async hash(password: string): Promise<string> {
    if (await isCommonPassword(password)) {
      throw new AppError('PASSWORD_TOO_COMMON', 'Many people use this password, so it is among the first to be tried.');
    }
    return this.hashShared(password);
  }

  /** Hashes a password that people tell each other, such as a room's: it may be a common word. */
  hashShared(password: string): Promise<string> {
    return this.limiter.run(() => hash(canonical(password), ARGON2ID));
  }

  /** Whether it is the right one. Without a stored hash it takes as long, and is wrong. */
  async verify(storedHash: string | null, password: string): Promise<boolean> {
    const isRight = await this.limiter.run(() => verify(storedHash ?? this.dummyHash, canonical(password)));
    return isRight && storedHash !== null;
  }
}

/** The same characters from another keyboard may be other code points (NIST SP 800-63B, 5.1.1.2). */
function canonical(password: string): string {
  return password.normalize('NFKC');
}
