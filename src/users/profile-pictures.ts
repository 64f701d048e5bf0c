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
/** A path's picture never changes: another picture has another path. */
const CACHE_CONTROL = 'public, max-age=31536000, immutable';

/**
 * The pictures of accounts: small square WebPs in `DATA_DIR/pictures`, made anew from each upload. A picture's path
 * cannot be guessed, and opens it without a token, so that a page can show it as it shows any picture.
 */
@Injectable()
export class ProfilePictures implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ProfilePictures.name);
  private readonly root: string;
  /** The accounts whose uploads are under way. */
  private readonly uploading = new Set<UserId>();
  /** Pictures whose files may exist before their accounts refer to them. */
  private readonly arriving = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: AppConfig,
    private readonly users: UsersService,
  ) {
    this.root = path.join(config.dataDir, 'pictures');
  }

  /** Clears away uploads that ended with the server before. */
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

  /** Removes the picture, if there is one. */
  remove(userId: UserId): Promise<User> {
    return this.replace(userId, null);
  }

  /** The picture's file, for everybody. @throws AppError NOT_FOUND */
  deliver(id: string): FileDelivery {
    if (!ID.test(id)) throw new AppError('NOT_FOUND', 'There is no such picture.');
    const fileName = `picture${ENDING}`;
    const common = { root: this.root, path: `${id}${ENDING}`, cacheControl: CACHE_CONTROL };
    return { ...common, fileName, mediaType: 'image/webp', etag: id };
  }

  private async replace(userId: UserId, id: string | null): Promise<User> {
    const { user, previousId } = await this.users.setPicture(userId, id);
    // The sweep finds the file that is left by a crash before this line, or by two devices at once.
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

  /** Removes pictures without an account, which deleted accounts and crashes leave. */
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
