import { statfs } from 'node:fs/promises';

interface Space {
  freeBytes: number;
  sizeBytes: number;
}

const INTERVAL_MS = 30_000;

/** The space left on the file system of a folder. A timer measures it, so that no scrape waits for a hanging disk. */
export class DiskSpace {
  private space: Space | undefined;
  private isMeasuring = false;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly folder: string) {
    this.timer = setInterval(() => void this.measure(), INTERVAL_MS).unref();
    void this.measure();
  }

  /** @throws Error before it was measured, and while it cannot be. */
  latest(): Space {
    if (!this.space) throw new Error(`How much is free in ${this.folder} is not known.`);
    return this.space;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async measure(): Promise<void> {
    // A disk that hangs must not gather requests.
    if (this.isMeasuring) return;
    this.isMeasuring = true;
    try {
      const { bavail, blocks, bsize } = await statfs(this.folder);
      this.space = { freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
    } catch {
      this.space = undefined;
    } finally {
      this.isMeasuring = false;
    }
  }
}
