import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';

export const PROMETHEUS_FOLDER = fileURLToPath(new URL('../../deploy/prometheus/', import.meta.url));
const START_TIMEOUT_MS = 20_000;

/** Of `GET /api/v1/rules`, what is used here. */
export interface Rule {
  name: string;
  type: 'alerting' | 'recording';
  query: string;
  /** `ok`, `err` or, before its first evaluation, `unknown`. */
  health: string;
  lastError?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

export interface Target {
  labels: Record<string, string>;
  health: string;
  lastError: string;
}

export interface Alert {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  state: 'pending' | 'firing';
}

/** One series of an instant query. */
export interface Sample {
  metric: Record<string, string>;
  value: [seconds: number, value: string];
}

/** A private Prometheus with the configuration and the rules of deploy/prometheus; only the target and the pace are other ones. */
export class Prometheus {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    private readonly origin: string,
  ) {}

  /** @param target `host:port` of the metrics. */
  static async start(target: string): Promise<Prometheus> {
    const folder = await mkdtemp(join(tmpdir(), 'minimeet-prometheus-'));
    await cp(PROMETHEUS_FOLDER, folder, { recursive: true });
    const file = join(folder, 'prometheus.yml');
    await writeFile(file, hurried(await readFile(file, 'utf8'), target));
    const address = `127.0.0.1:${await freePort()}`;
    const args = [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
      '--log.level=warn',
    ];
    const child = spawn('prometheus', args, { stdio: ['ignore', 'ignore', 'inherit'] });
    const prometheus = new Prometheus(child, folder, `http://${address}`);
    await eventually(() => prometheus.isReady(), 'Prometheus does not start', START_TIMEOUT_MS);
    return prometheus;
  }

  async rules(): Promise<Rule[]> {
    const { groups } = await this.get<{ groups: { rules: Rule[] }[] }>('rules');
    return groups.flatMap(({ rules }) => rules);
  }

  async targets(): Promise<Target[]> {
    return (await this.get<{ activeTargets: Target[] }>('targets')).activeTargets;
  }

  async alerts(): Promise<Alert[]> {
    return (await this.get<{ alerts: Alert[] }>('alerts')).alerts;
  }

  /** An instant query. @throws Error when the PromQL is wrong. */
  async query(promql: string): Promise<Sample[]> {
    return (await this.get<{ result: Sample[] }>(`query?query=${encodeURIComponent(promql)}`)).result;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill('SIGKILL');
      await once(this.process, 'exit');
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private async isReady(): Promise<true | undefined> {
    if (this.process.exitCode !== null) throw new Error(`Prometheus ended with ${this.process.exitCode}.`);
    try {
      return (await fetch(`${this.origin}/-/ready`)).ok || undefined;
    } catch {
      return undefined;
    }
  }

  private async get<Data>(path: string): Promise<Data> {
    const response = await fetch(`${this.origin}/api/v1/${path}`);
    const body = (await response.json()) as { status: string; data: Data; error?: string };
    if (body.status !== 'success') throw new Error(`${path}: ${body.error ?? response.status}`);
    return body.data;
  }
}

/** A test has seconds, not minutes. */
function hurried(configuration: string, target: string): string {
  const replaced = configuration
    .replace("targets: ['127.0.0.1:9464']", `targets: ['${target}']`)
    .replace('scrape_interval: 15s', 'scrape_interval: 1s')
    .replace('evaluation_interval: 15s', 'evaluation_interval: 1s');
  if (!replaced.includes(target) || replaced.includes('15s')) throw new Error('prometheus.yml is not as expected.');
  return replaced;
}
