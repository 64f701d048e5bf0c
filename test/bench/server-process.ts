import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { MiniMeetApi } from '@minimeet/sdk';
import { freePort } from '../support/free-port.js';

const MAIN = fileURLToPath(new URL('../../../../dist/main.js', import.meta.url));
/** `utime` and `stime` of /proc are in these (USER_HZ, proc(5)). */
const TICKS_PER_SECOND = 100;
const PROMETHEUS_HEADERS = {
  accept: 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
  'accept-encoding': 'gzip',
};

/** The built server in a process and a data folder of its own. */
export class ServerProcess {
  private constructor(
    private readonly process: ChildProcess,
    private readonly dataDir: string,
    readonly origin: string,
    private readonly metricsOrigin: string,
  ) {}

  static async start(env: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
    const dataDir = await mkdtemp(join(tmpdir(), 'minimeet-bench-'));
    const [port, metricsPort] = [await freePort(), await freePort()];
    const server = spawn(process.execPath, [MAIN], {
      env: {
        ...process.env,
        DATA_DIR: dataDir,
        PORT: String(port),
        METRICS_PORT: String(metricsPort),
        MEDIA_PORT: '0',
        LOG_LEVEL: 'log',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface(server.stdout)) {
      if (!line.includes('is ready on')) continue;
      server.stdout.resume();
      return new ServerProcess(server, dataDir, `http://127.0.0.1:${port}`, `http://127.0.0.1:${metricsPort}`);
    }
    throw new Error('The server ended before it was ready.');
  }

  /** CPU that the server and its media workers have used, in seconds. */
  async cpuSeconds(): Promise<number> {
    const pids = [this.pid, ...(await childrenOf(this.pid))];
    return (await Promise.all(pids.map(cpuSecondsOf))).reduce((sum, seconds) => sum + seconds, 0);
  }

  /** CPU that the media workers alone have used, in seconds. */
  async workerCpuSeconds(): Promise<number> {
    const workers = await childrenOf(this.pid);
    return (await Promise.all(workers.map(cpuSecondsOf))).reduce((sum, seconds) => sum + seconds, 0);
  }

  /** Resident memory, in bytes. */
  async memoryBytes(): Promise<{ server: number; workers: number }> {
    const workers = await Promise.all((await childrenOf(this.pid)).map(memoryOf));
    return { server: await memoryOf(this.pid), workers: workers.reduce((sum, bytes) => sum + bytes, 0) };
  }

  /** All Prometheus metrics, asked for as Prometheus does. */
  async scrape(): Promise<string> {
    const response = await fetch(`${this.metricsOrigin}/metrics`, { headers: PROMETHEUS_HEADERS });
    if (!response.ok) throw new Error(`The metrics: ${response.status}.`);
    return response.text();
  }

  /** One metric now; the sum of several samples. */
  async metric(name: string): Promise<number> {
    const samples = [...(await this.scrape()).matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'gm'))];
    if (samples.length === 0) throw new Error(`No metric ${name}.`);
    return samples.reduce((sum, [, value]) => sum + Number(value), 0);
  }

  async stop(): Promise<void> {
    const exited = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await exited;
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private get pid(): number {
    if (this.process.pid === undefined) throw new Error('The server does not run.');
    return this.process.pid;
  }
}

/** Makes an account. @returns its REST client, signed in. */
export async function account(origin: string, displayName: string): Promise<MiniMeetApi> {
  const api = new MiniMeetApi({ url: origin });
  const email = `${crypto.randomUUID()}@example.org`;
  await api.register({ email, password: 'correct horse battery', displayName });
  return api;
}

export async function accounts(origin: string, count: number): Promise<MiniMeetApi[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => account(origin, `Person ${i + 1}`)));
}

/** CPU time of a process in seconds (proc(5)). */
export async function cpuSecondsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in parentheses and may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

async function memoryOf(pid: number): Promise<number> {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}

async function childrenOf(pid: number): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.split(' ').filter(Boolean).map(Number);
}
