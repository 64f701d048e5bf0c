import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { LIMITS, type User, type UserId } from '@minimeet/protocol';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import type { Request } from 'express';
import { AppConfig } from '../common/config/index.js';
import { AppError } from '../common/errors/index.js';
import {
  assertDiskHasSpace,
  type FileDelivery,
  isDecodable,
  mediaTypeOf,
  PICTURE_TYPES,
  pictureSize,
  receiveFile,
  squareOf,
} from '../common/files/index.js';
import { UsersService } from './users.service.js';

const INCOMING = 'incoming';
const ENDING = '.webp';
const ID = /^[0-9a-f]{32}$/;
const SWEEP_INTERVAL_MS = 60 * 60 * 1_000;
/** Rows of one statement. */
const BATCH_ROWS = 200;
/** The same for ever: another picture has another path. */
const CACHE_CONTROL = 'public, max-age=31536000, immutable';

/**
 * What accounts look like: small square WebPs, made anew of what was uploaded, in `DATA_DIR/pictures`. Whoever knows a picture's path may see
 * it, so that a page can show it as it shows any picture; the path cannot be guessed.
 */
@Injectable()
export class ProfilePictures implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ProfilePictures.name);
  private readonly root: string;
  /** Accounts whose upload goes on. */
  private readonly uploading = new Set<UserId>();
  /** Pictures whose file may be there before their account knows. */
  private readonly arriving = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: AppConfig,
    private readonly users: UsersService,
  ) {
    this.root = path.join(config.dataDir, 'pictures');
  }

  /** Before anything can be uploaded: what lies there broke off with the server before. */
  async onModuleInit(): Promise<void> {
    await rm(path.join(this.root, INCOMING), { recursive: true, force: true });
    await mkdir(path.join(this.root, INCOMING), { recursive: true, mode: 0o700 });
  }

  onApplicationBootstrap(): void {
    this.startSweep();
    this.timer = setInterval(() => this.startSweep(), SWEEP_INTERVAL_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** @throws AppError as `receiveFile` does, and UNSUPPORTED_FILE, RATE_LIMITED for two at once */
  async set(userId: UserId, request: Request): Promise<User> {
    if (this.uploading.has(userId)) throw new AppError('RATE_LIMITED', 'Your picture is being uploaded already.');
    const id = randomBytes(16).toString('hex');
    const incoming = path.join(this.root, INCOMING, id);
    this.uploading.add(userId);
    this.arriving.add(id);
    try {
      await assertDiskHasSpace(this.config, LIMITS.pictureBytes);
      await receiveFile(request, { path: incoming, maxBytes: LIMITS.pictureBytes });
      await writeFile(incoming, await squarePictureOf(incoming), { mode: 0o600 });
      await rename(incoming, this.fileOf(id));
      return await this.replace(userId, id);
    } catch (error) {
      await rm(this.fileOf(id), { force: true });
      throw error;
    } finally {
      await rm(incoming, { force: true });
      this.arriving.delete(id);
      this.uploading.delete(userId);
    }
  }

  /** Without a picture it does nothing. */
  remove(userId: UserId): Promise<User> {
    return this.replace(userId, null);
  }

  /** For everybody. @throws AppError NOT_FOUND */
  deliver(id: string): FileDelivery {
    if (!ID.test(id)) throw new AppError('NOT_FOUND', 'There is no such picture.');
    const fileName = `picture${ENDING}`;
    const common = { root: this.root, path: `${id}${ENDING}`, cacheControl: CACHE_CONTROL };
    return { ...common, fileName, mediaType: 'image/webp', etag: id };
  }

  private async replace(userId: UserId, id: string | null): Promise<User> {
    const { user, previousId } = await this.users.setPicture(userId, id);
    // A crash before it, or two devices at once, leave a file that the sweep finds.
    if (previousId !== null) await rm(this.fileOf(previousId), { force: true });
    return user;
  }

  private fileOf(id: string): string {
    return path.join(this.root, `${id}${ENDING}`);
  }

  private startSweep(): void {
    this.sweeping = this.sweeping
      .then(() => this.sweep())
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        this.logger.warn(`Pictures that nobody has are removed an hour later: ${reason}`);
      });
  }

  /** Removes the pictures of accounts that are gone, and what a crash left. */
  async sweep(): Promise<void> {
    const ids = (await readdir(this.root))
      .filter((name) => name !== INCOMING)
      .map((name) => path.basename(name, ENDING));
    for (let start = 0; start < ids.length; start += BATCH_ROWS) {
      const settled = ids.slice(start, start + BATCH_ROWS).filter((id) => !this.arriving.has(id));
      const inUse = await this.users.picturesInUse(settled);
      for (const id of settled) if (!inUse.has(id)) await rm(this.fileOf(id), { force: true });
    }
  }
}

/** @throws AppError UNSUPPORTED_FILE */
async function squarePictureOf(file: string): Promise<Buffer> {
  if (!PICTURE_TYPES.has(await mediaTypeOf(file))) {
    throw new AppError('UNSUPPORTED_FILE', 'A picture is a JPEG, PNG, WebP, GIF, AVIF or TIFF.');
  }
  const size = await pictureSize(file);
  if (size && !isDecodable(size)) {
    throw new AppError('UNSUPPORTED_FILE', `A picture may have ${LIMITS.imagePixels / 1_000_000} million pixels.`);
  }
  const square = size && (await squareOf(file));
  if (!square) throw new AppError('UNSUPPORTED_FILE', 'This picture is broken.');
  return square;
}
