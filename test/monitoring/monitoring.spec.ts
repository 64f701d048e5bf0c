/** @needs prometheus */
import { readFile } from 'node:fs/promises';
import { shutDownPeers, type SyntheticPeer } from '@minimeet/loadtest';
import { metricsUrl } from '../metrics/prometheus.js';
import { peerIn } from '../support/crowd.js';
import { eventually } from '../support/eventually.js';
import { Person } from '../support/person.js';
import { useServer } from '../support/server.js';
import { dashboards } from './dashboards.js';
import { Prometheus, type Rule, type Sample } from './prometheus.js';
import { metricsOf, seriesOf, unknownMetrics } from './promql.js';

/** Two scrapes and two evaluations, a second each, and the time that a busy machine takes. */
const WITHIN_MS = 15_000;
/** One round of samples more. */
const SAMPLED_WITHIN_MS = 30_000;

let metrics: string;
let prometheus: Prometheus;
let rules: Rule[];
const peers: SyntheticPeer[] = [];
const panels = dashboards.flatMap((dashboard) => dashboard.panels).filter(({ type }) => type !== 'row');
const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

afterAll(async () => {
  peers.forEach((peer) => peer.close());
  shutDownPeers();
  await prometheus.stop();
});

const { server } = useServer();

beforeAll(async () => {
  prometheus = await Prometheus.start(new URL(metricsUrl(server)).host);
  // Counted from nothing: what a server has done before the first scrape is no increase.
  await sampled('minimeet_participants');
  const { slug: room } = await (await Person.register(server.origin, 'Host')).createRoom();
  for (const name of ['Ann', 'Ben']) {
    peers.push(await peerIn(server.origin, room, name, { publish: ['camera', 'microphone'] }));
  }
  metrics = await (await fetch(metricsUrl(server))).text();
  rules = await eventually(async () => {
    const found = await prometheus.rules();
    return found.every(({ health }) => health !== 'unknown') ? found : undefined;
  }, 'the rules are not evaluated');
}, 60_000);

/** The samples of a query, when there are any that are numbers. */
function sampled(promql: string, withinMs = WITHIN_MS): Promise<Sample[]> {
  const find = async (): Promise<Sample[] | undefined> => {
    const samples = (await prometheus.query(promql)).filter(({ value }) => value[1] !== 'NaN');
    return samples.length > 0 ? samples : undefined;
  };
  return eventually(find, `${promql} has no value`, withinMs);
}

describe('a real Prometheus with the configuration of deploy/prometheus', () => {
  it('reads the running server', async () => {
    const targets = await eventually(async () => {
      const found = await prometheus.targets();
      return found.every(({ health }) => health !== 'unknown') ? found : undefined;
    }, 'nothing was read');
    expect(targets).toMatchObject([{ labels: { job: 'minimeet' }, health: 'up', lastError: '' }]);
  });

  it('counts the people of a call', async () => {
    const people = await eventually(
      async () => (await prometheus.query('minimeet_participants == 2'))[0],
      'two people are not counted',
    );
    expect(people.metric['job']).toBe('minimeet');
  });

  it('evaluates all rules without an error', () => {
    expect(rules.length).toBeGreaterThan(30);
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
  });

  it('records that all joins succeeded', async () => {
    const [success] = await sampled('instance:minimeet_join_success:ratio10m');
    expect(Number(success?.value[1])).toBe(1);
  });

  it('has the bounds of histograms that the rules compare with, once the call was sampled', async () => {
    const bounds = rules.flatMap(({ query }) => [...query.matchAll(/\w+_bucket\{le="[^"]+"\}/g)].map(([text]) => text));
    expect(bounds.length).toBeGreaterThan(2);
    for (const bound of new Set(bounds)) await sampled(bound, SAMPLED_WITHIN_MS);
  }, 60_000);

  it('understands every query of the dashboards', async () => {
    for (const expr of expressions)
      await prometheus.query(expr.replaceAll('$instance', '.*').replaceAll('$__rate_interval', '1m'));
    expect(expressions.length).toBeGreaterThan(40);
  });

  it('says so when a worker dies, and says what to do', async () => {
    const [pid] = server.workerPids();
    if (pid === undefined) throw new Error('There is no worker.');
    process.kill(pid, 'SIGKILL');
    const alert = await eventually(
      async () => (await prometheus.alerts()).find(({ labels }) => labels['alertname'] === 'MinimeetWorkerDied'),
      'nobody was told of the worker’s death',
      WITHIN_MS,
    );
    expect(alert).toMatchObject({ state: 'firing', labels: { severity: 'warning', cause: 'crash', slot: '0' } });
    expect(alert.annotations['summary']).toContain('(crash)');
  }, 30_000);
});

describe('every metric that is named', () => {
  const known = (): Set<string> => {
    const recorded = rules.filter(({ type }) => type === 'recording').map(({ name }) => name);
    return new Set([...seriesOf(metrics), ...recorded, 'up']);
  };

  it('in the rules exists', () => {
    expect(
      unknownMetrics(
        rules.map(({ query }) => query),
        known(),
      ),
    ).toEqual([]);
  });

  it('in the dashboards exists', () => {
    expect(unknownMetrics(expressions, known())).toEqual([]);
  });

  it('would be found if it did not', () => {
    expect(unknownMetrics(['sum(rate(minimeet_invented_total[5m]))'], known())).toEqual(['minimeet_invented_total']);
  });

  it('as recorded is read by an alert or a dashboard, directly or by another one', () => {
    const read = new Set([...expressions, ...rules.map(({ query }) => query)].flatMap(metricsOf));
    expect(rules.filter(({ type, name }) => type === 'recording' && !read.has(name))).toEqual([]);
  });
});

describe('every alert', () => {
  const alerts = (): Rule[] => rules.filter(({ type }) => type === 'alerting');

  it('says how bad it is, what it is and what to do', () => {
    for (const { name, labels = {}, annotations = {} } of alerts()) {
      expect(['critical', 'warning']).toContain(labels['severity']);
      expect(annotations).toEqual({
        summary: expect.any(String) as string,
        description: expect.any(String) as string,
        runbook: expect.stringContaining(`docs/OPERATIONS.md#${name.toLowerCase()}`) as string,
      });
    }
  });

  it('has its entry in docs/OPERATIONS.md, and no entry is without an alert', async () => {
    const text = await readFile(new URL('../../docs/OPERATIONS.md', import.meta.url), 'utf8');
    const entries = [...text.matchAll(/^### (Minimeet\w+)$/gm)].map(([, name]) => name);
    expect(entries.sort()).toEqual(
      alerts()
        .map(({ name }) => name)
        .sort(),
    );
  });
});

describe('every panel of the dashboards', () => {
  it('has a description, a unit and the data source that was chosen', () => {
    for (const { description, fieldConfig, targets = [] } of panels) {
      expect(description).toMatch(/\w{3}/);
      expect(fieldConfig?.defaults.unit).toMatch(/\w/);
      expect(targets.map(({ datasource }) => datasource.uid)).toEqual(targets.map(() => '${datasource}'));
    }
  });
});
