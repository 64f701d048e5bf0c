import type { AttachmentId, RoomId } from '@minimeet/protocol';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../common/config/index.js';

const INCOMING = 'incoming';
const PREVIEW = '.webp';

/** A file's place on the disk. */
export interface AttachmentPlace {
  roomId: RoomId;
  id: AttachmentId;
}

/**
 * The files on the disk, a folder a room: `DATA_DIR/attachments/<room>/<id>`, and `<id>.webp` the preview. A file lies
 * in `incoming` until it is whole, so a name in a room's folder always stands for a whole file.
 */
@Injectable()
export class AttachmentFiles implements OnModuleInit {
  readonly root: string;

  constructor({ dataDir }: AppConfig) {
    this.root = path.join(dataDir, 'attachments');
  }

  /** Removes broken uploads of the server before, and folders without files; nothing can be uploaded yet. */
  async onModuleInit(): Promise<void> {
    await rm(path.join(this.root, INCOMING), { recursive: true, force: true });
    await mkdir(path.join(this.root, INCOMING), { recursive: true, mode: 0o700 });
    for (const roomId of await this.rooms()) {
      if ((await this.idsOf(roomId)).length === 0) await this.removeRoom(roomId);
    }
  }

  /** The path of a file that is not whole yet. */
  incoming(id: AttachmentId): string {
    return path.join(this.root, INCOMING, id);
  }

  /** Relative to `root`. */
  relative({ roomId, id }: AttachmentPlace, part: 'file' | 'preview'): string {
    return `${roomId}/${id}${part === 'preview' ? PREVIEW : ''}`;
  }

  /** Moves a whole file to its place. */
  async keep(place: AttachmentPlace, preview: Buffer | null): Promise<void> {
    const file = path.join(this.root, this.relative(place, 'file'));
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    if (preview) await writeFile(`${file}${PREVIEW}`, preview, { mode: 0o600 });
    await rename(this.incoming(place.id), file);
  }

  /** Removes a file, whole or not, and its preview; nothing happens when it is not there. */
  async remove(place: AttachmentPlace): Promise<void> {
    const file = path.join(this.root, this.relative(place, 'file'));
    for (const name of [this.incoming(place.id), file, `${file}${PREVIEW}`]) await rm(name, { force: true });
  }

  async removeRoom(roomId: RoomId): Promise<void> {
    await rm(path.join(this.root, roomId), { recursive: true, force: true });
  }

  /** Rooms that have a folder. */
  async rooms(): Promise<RoomId[]> {
    return (await readdir(this.root)).filter((name) => name !== INCOMING);
  }

  /** Files in a room's folder. */
  async idsOf(roomId: RoomId): Promise<AttachmentId[]> {
    const names = await readdir(path.join(this.root, roomId));
    return [...new Set(names.map((name) => path.basename(name, PREVIEW)))];
  }
}
