import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** The built server as a process that can be ended and started again, on the same port, data folder and database. */
export class MortalServer {
  private process: ChildProcess | null = null;

  constructor(private readonly env: Record<string, string> & { PORT: string }) {}

  get origin(): string {
    return `http://127.0.0.1:${this.env.PORT}`;
  }

  /** Returns when it is ready. */
  async start(): Promise<void> {
    const server = spawn(process.execPath, [MAIN], {
      env: { ...process.env, METRICS_PORT: '0', MEDIA_WORKERS: '1', MEDIA_PORT: '0', LOG_LEVEL: 'error', ...this.env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.process = server;
    for await (const line of createInterface(server.stdout)) {
      if (!line.includes('is ready on')) continue;
      server.stdout.resume();
      return;
    }
    throw new Error('The server ended before it was ready.');
  }

  /** `SIGTERM` lets it finish what it is at, `SIGKILL` does not. Returns when it is gone. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const server = this.process;
    this.process = null;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  }
}
