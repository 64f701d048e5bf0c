// Writes the Grafana dashboards of deploy/grafana/dashboards. `node scripts/dashboards.mjs` after changing them here.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export const DASHBOARD_FOLDER = fileURLToPath(new URL('../deploy/grafana/dashboards/', import.meta.url));

/** The servers that are chosen at the top of the dashboard. */
const here = 'instance=~"$instance"';
const datasource = { type: 'prometheus', uid: '${datasource}' };
const COLUMNS = 24;

/**
 * @typedef {{ title: string, description: string, unit: string, type?: 'timeseries' | 'stat' | 'heatmap' | 'table',
 *   width?: number, height?: number, max?: number, queries: Record<string, string>,
 *   thresholds?: { value: number | null, color: string }[] }} Panel `queries`: PromQL by legend; `unit`: one of Grafana's
 * @typedef {{ title: string, panels: Panel[] }} Row
 */

/** @type {Row[]} */
const overview = [
  {
    title: 'Now',
    panels: [
      stat('Rooms', 'Rooms with a call.', 'short', `sum(minimeet_rooms{${here}})`),
      stat('People', 'People in calls.', 'short', `sum(minimeet_participants{${here}})`),
      stat(
        'Joins that succeeded',
        'Of the last ten minutes; failures that are not the server’s fault do not count. Empty while nobody joins.',
        'percentunit',
        `min(instance:minimeet_join_success:ratio10m{${here}})`,
        [
          { value: null, color: 'red' },
          { value: 0.95, color: 'orange' },
          { value: 0.99, color: 'green' },
        ],
      ),
      stat(
        'Audio that satisfies',
        'Share of the ten-second samples with an E-model score (ITU-T G.107) above 3.6.',
        'percentunit',
        `min(instance_direction:minimeet_audio_satisfied:ratio10m{${here}})`,
        [
          { value: null, color: 'red' },
          { value: 0.75, color: 'orange' },
          { value: 0.9, color: 'green' },
        ],
      ),
      stat(
        'Workers that live',
        'Of the slots that there are.',
        'percentunit',
        `sum(minimeet_worker_up{${here}}) / count(minimeet_worker_up{${here}})`,
        [
          { value: null, color: 'red' },
          { value: 1, color: 'green' },
        ],
      ),
      stat('Shutting down', 'Servers that take nobody any more.', 'short', `sum(minimeet_draining{${here}})`),
    ],
  },
  {
    title: 'Calls',
    panels: [
      {
        title: 'People and rooms',
        description: 'In calls now.',
        unit: 'short',
        queries: { people: `sum(minimeet_participants{${here}})`, rooms: `sum(minimeet_rooms{${here}})` },
      },
      {
        title: 'Joins by result',
        description: 'Attempts a minute. The reason is the error code that the client got.',
        unit: 'cpm',
        queries: {
          '{{result}} {{reason}}': `sum by (result, reason) (rate(minimeet_join_attempts_total{${here}}[5m])) * 60`,
        },
      },
      {
        title: 'Join phases, p95',
        description: 'As clients report them; total is from the click to the first picture of somebody else.',
        unit: 's',
        queries: { '{{phase}}': `max by (phase) (instance:minimeet_join_phase_seconds:p95_10m{${here}})` },
      },
      {
        title: 'Departures by reason',
        description: 'People who left a minute, and why.',
        unit: 'cpm',
        queries: { '{{reason}}': `sum by (reason) (rate(minimeet_departures_total{${here}}[5m])) * 60` },
      },
      {
        title: 'Lost and found',
        description: 'Connections and media that were lost, and how they came back, a minute.',
        unit: 'cpm',
        queries: {
          '{{kind}}': `sum by (kind) (rate(minimeet_reconnects_total{${here}}[5m])) * 60`,
          'media lost: {{reason}}': `sum by (reason) (rate(minimeet_media_losses_total{${here}}[5m])) * 60`,
        },
      },
      {
        title: 'Chat messages',
        description: 'Stored messages a minute.',
        unit: 'cpm',
        queries: { messages: `sum(rate(minimeet_chat_messages_total{${here}}[5m])) * 60` },
      },
    ],
  },
  {
    title: 'Media workers',
    panels: [
      {
        title: 'CPU',
        description:
          'Share of a core that each worker uses. Above 85 % for minutes is an alert; near 100 % packets wait.',
        unit: 'percentunit',
        max: 1,
        queries: {
          'slot {{slot}} of {{instance}}': `minimeet_worker_cpu_ratio{${here}}`,
          'all of {{instance}}, 5 min': `instance:minimeet_worker_cpu:ratio5m{${here}}`,
        },
      },
      {
        title: 'Memory',
        description: 'Resident memory of each worker.',
        unit: 'bytes',
        queries: { 'slot {{slot}} of {{instance}}': `minimeet_worker_memory_bytes{${here}}` },
      },
      {
        title: 'Answer of a worker',
        description: 'Round trip of the watchdog’s request; one that stays silent for five seconds is killed.',
        unit: 's',
        queries: { 'slot {{slot}} of {{instance}}': `minimeet_worker_ping_seconds{${here}}` },
      },
      {
        title: 'Deaths',
        description: 'Workers that had to be replaced in the last hour.',
        unit: 'short',
        queries: { '{{cause}}': `sum by (cause) (increase(minimeet_worker_deaths_total{${here}}[1h]))` },
      },
      {
        title: 'What they carry',
        description: 'Consumers are what people receive, producers what they send, transports the ways in and out.',
        unit: 'short',
        queries: {
          '{{kind}} consumers': `sum by (kind) (minimeet_consumers{${here}})`,
          '{{kind}} producers': `sum by (kind) (minimeet_producers{${here}})`,
          'transports {{direction}}': `sum by (direction) (minimeet_transports{${here}})`,
        },
      },
      {
        title: 'Requests to workers',
        description: 'A second. They grow with what people do, never with how often the metrics are read.',
        unit: 'reqps',
        queries: { 'slot {{slot}} of {{instance}}': `rate(minimeet_worker_requests_total{${here}}[5m])` },
      },
    ],
  },
  {
    title: 'Server',
    panels: [
      {
        title: 'Event-loop delay',
        description: 'How late the server’s process is. Above 0.2 s (p99) for minutes is an alert.',
        unit: 's',
        queries: { 'p{{quantile}}': `max by (quantile) (minimeet_event_loop_delay_seconds{${here}})` },
      },
      {
        title: 'Requests by event, p95',
        description: 'How long the answer to a socket’s request takes.',
        unit: 's',
        queries: {
          '{{event}}': `histogram_quantile(0.95, sum by (event, le) (rate(minimeet_request_duration_seconds_bucket{${here}}[5m])))`,
        },
      },
      {
        title: 'Requests by event',
        description: 'A second, of all sockets.',
        unit: 'reqps',
        queries: { '{{event}}': `sum by (event) (rate(minimeet_request_duration_seconds_count{${here}}[5m]))` },
      },
      {
        title: 'Database',
        description: 'The 99th percentile of a query, and how many a second fail.',
        unit: 's',
        queries: {
          'p99 on {{instance}}': `instance:minimeet_database_query_seconds:p99_10m{${here}}`,
          'failed a second': `sum(rate(minimeet_database_query_seconds_count{${here},result="failed"}[5m]))`,
        },
      },
      {
        title: 'Sockets',
        description: 'Connections, and messages that wait for clients to take them; the worst one alone too.',
        unit: 'short',
        queries: {
          sockets: `sum(minimeet_sockets{${here}})`,
          waiting: `sum(minimeet_socket_waiting_messages{${here}})`,
          'waiting, worst': `max(minimeet_socket_waiting_messages_max{${here}})`,
        },
      },
      {
        title: 'Disk that is free',
        description: 'Where DATA_DIR is. Below 5 % is an alert.',
        unit: 'percentunit',
        max: 1,
        queries: { '{{instance}}': `instance:minimeet_disk_free:ratio{${here}}` },
      },
      {
        title: 'Memory of the process',
        description: 'Of the server itself, without its workers.',
        unit: 'bytes',
        queries: {
          'resident, {{instance}}': `process_resident_memory_bytes{job="minimeet",${here}}`,
          'heap, {{instance}}': `nodejs_heap_size_used_bytes{job="minimeet",${here}}`,
        },
      },
      {
        title: 'CPU of the process',
        description: 'Of the server itself, without its workers, as share of a core.',
        unit: 'percentunit',
        queries: { '{{instance}}': `rate(process_cpu_seconds_total{job="minimeet",${here}}[5m])` },
      },
      {
        title: 'Facts that the history lost',
        description: 'An hour, because the database did not take them.',
        unit: 'short',
        queries: { '{{instance}}': `increase(minimeet_analytics_dropped_total{${here}}[1h])` },
      },
    ],
  },
];

/** @type {Row[]} */
const quality = [
  {
    title: 'What people live',
    panels: [
      heatmap(
        'Audio score',
        'E-model score (ITU-T G.107) of ten-second samples: 4 and more is good, 3.1 and less is bad.',
        'short',
        'minimeet_audio_score',
      ),
      {
        title: 'Audio that is bad',
        description: 'Share of the samples with a score of 3.1 or less; seen from the person, up is what they send.',
        unit: 'percentunit',
        queries: { '{{direction}}': `max by (direction) (instance_direction:minimeet_audio_bad:ratio10m{${here}})` },
      },
      {
        title: 'Frozen video',
        description:
          'Seconds that videos stood still, in each second and for each person in a call, as clients report them.',
        unit: 'percentunit',
        queries: {
          frozen: `sum(rate(minimeet_frozen_seconds_total{${here}}[5m])) / sum(avg_over_time(minimeet_participants{${here}}[5m]))`,
        },
      },
      {
        title: 'Freezes',
        description: 'A minute, of all people.',
        unit: 'cpm',
        queries: { freezes: `sum(rate(minimeet_freezes_total{${here}}[5m])) * 60` },
      },
    ],
  },
  {
    title: 'Packets',
    panels: [
      {
        title: 'Loss',
        description: 'Of all packets, the share that did not arrive.',
        unit: 'percentunit',
        queries: {
          '{{kind}} {{direction}}': `max by (kind, direction) (instance_direction_kind:minimeet_media_loss:ratio5m{${here}})`,
        },
      },
      {
        title: 'Loss, p95 of people',
        description: 'Of the ten-second samples of everybody: five of a hundred lose more than this.',
        unit: 'percentunit',
        queries: {
          '{{kind}} {{direction}}': `max by (kind, direction) (instance_direction_kind:minimeet_media_loss_ratio:p95_10m{${here}})`,
        },
      },
      {
        title: 'Samples that lose more than 5 %',
        description: 'Above a quarter, with five people or more, is an alert.',
        unit: 'percentunit',
        queries: { '{{direction}}': `max by (direction) (instance_direction:minimeet_media_lossy:ratio10m{${here}})` },
      },
      {
        title: 'Jitter, p95 of people',
        description: 'Variation of the packets’ arrival (RFC 3550).',
        unit: 's',
        queries: {
          '{{kind}} {{direction}}': `max by (kind, direction) (instance_direction_kind:minimeet_media_jitter_seconds:p95_10m{${here}})`,
        },
      },
      {
        title: 'Round trip',
        description: 'Between people and the server, by RTCP.',
        unit: 's',
        queries: {
          'p50 {{direction}}': `max by (direction) (instance_direction:minimeet_media_round_trip_seconds:p50_10m{${here}})`,
          'p95 {{direction}}': `max by (direction) (instance_direction:minimeet_media_round_trip_seconds:p95_10m{${here}})`,
        },
      },
      {
        title: 'Bitrate',
        description: 'Of all people together.',
        unit: 'bps',
        queries: { '{{direction}}': `sum by (direction) (rate(minimeet_media_bytes_total{${here}}[5m])) * 8` },
      },
      {
        title: 'Packets',
        description: 'A second, of all people together.',
        unit: 'pps',
        queries: {
          '{{kind}} {{direction}}': `sum by (kind, direction) (rate(minimeet_media_packets_total{${here}}[5m]))`,
        },
      },
      {
        title: 'Asked again',
        description: 'Packets asked for again (NACK) and key frames (PLI, FIR) a second.',
        unit: 'ops',
        queries: {
          '{{type}} {{direction}}': `sum by (type, direction) (rate(minimeet_media_feedback_total{${here}}[5m]))`,
        },
      },
      {
        title: 'Layer switches',
        description:
          'Receivers that got a better or a worse picture, a minute. Many to lower: their downlinks are full.',
        unit: 'cpm',
        queries: { 'to {{to}}': `sum by (to) (rate(minimeet_layer_switches_total{${here}}[5m])) * 60` },
      },
    ],
  },
  {
    title: 'The way in',
    panels: [
      {
        title: 'Transports by result',
        description: 'ICE: which protocol they found a way with, or none. A minute.',
        unit: 'cpm',
        queries: {
          '{{result}} {{protocol}}': `sum by (result, protocol) (rate(minimeet_ice_results_total{${here}}[5m])) * 60`,
          'DTLS failed': `sum(rate(minimeet_dtls_failures_total{${here}}[5m])) * 60`,
        },
      },
      {
        title: 'Network paths',
        description:
          'As clients report them; relay is through a TURN server. A rising share of tcp or relay: UDP is blocked somewhere.',
        unit: 'cpm',
        queries: { '{{path}}': `sum by (path) (rate(minimeet_network_paths_total{${here}}[15m])) * 60` },
      },
      {
        title: 'ICE and DTLS, p95',
        description: 'From the client’s connect_transport, as the server sees it.',
        unit: 's',
        queries: {
          ICE: `histogram_quantile(0.95, sum by (le) (rate(minimeet_ice_seconds_bucket{${here}}[15m])))`,
          DTLS: `histogram_quantile(0.95, sum by (le) (rate(minimeet_dtls_seconds_bucket{${here}}[15m])))`,
          'join_room on the server': `histogram_quantile(0.95, sum by (le) (rate(minimeet_join_seconds_bucket{${here}}[15m])))`,
        },
      },
    ],
  },
  {
    title: 'The worst rooms',
    panels: [
      {
        title: 'The ten worst rooms',
        description:
          'Rank 1 is the worst now. Which rooms they are is told by GET /api/analytics/worst-rooms, to administrators only.',
        unit: 'short',
        type: 'table',
        width: COLUMNS,
        queries: {
          score: `max by (instance, rank) (minimeet_worst_room_score{${here}})`,
          loss: `max by (instance, rank) (minimeet_worst_room_loss_ratio{${here}})`,
          people: `max by (instance, rank) (minimeet_worst_room_participants{${here}})`,
        },
      },
    ],
  },
];

/** @returns {Record<string, string>} each file's name and text */
export function buildDashboards() {
  return {
    'overview.json': dashboard('minimeet-overview', 'MiniMeet: overview', overview),
    'call-quality.json': dashboard('minimeet-call-quality', 'MiniMeet: call quality', quality),
  };
}

/**
 * @param {string} title
 * @param {string} description
 * @param {string} unit
 * @param {string} query
 * @param {Panel['thresholds']} thresholds
 * @returns {Panel}
 */
function stat(title, description, unit, query, thresholds = [{ value: null, color: 'blue' }]) {
  return { title, description, unit, type: 'stat', width: 4, height: 4, queries: { [title]: query }, thresholds };
}

/**
 * @param {string} title
 * @param {string} description
 * @param {string} unit
 * @param {string} histogram
 * @returns {Panel}
 */
function heatmap(title, description, unit, histogram) {
  const query = `sum by (le) (increase(${histogram}_bucket{${here}}[$__rate_interval]))`;
  return { title, description, unit, type: 'heatmap', queries: { '{{le}}': query } };
}

/**
 * @param {string} uid
 * @param {string} title
 * @param {Row[]} rows
 */
function dashboard(uid, title, rows) {
  const json = {
    uid,
    title,
    tags: ['minimeet'],
    schemaVersion: 41,
    editable: true,
    graphTooltip: 1,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    timezone: 'browser',
    links: [
      {
        title: 'MiniMeet',
        type: 'dashboards',
        tags: ['minimeet'],
        asDropdown: false,
        keepTime: true,
        includeVars: true,
      },
    ],
    templating: {
      list: [
        { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus', current: {} },
        {
          name: 'instance',
          label: 'Server',
          type: 'query',
          datasource,
          query: 'label_values(minimeet_build_info, instance)',
          refresh: 2,
          multi: true,
          includeAll: true,
          current: { text: ['All'], value: ['$__all'] },
        },
      ],
    },
    panels: layOut(rows),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

/**
 * Rows from the top; in each, panels from the left as they fit.
 * @param {Row[]} rows
 */
function layOut(rows) {
  const panels = [];
  let y = 0;
  for (const row of rows) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title: row.title,
      collapsed: false,
      gridPos: { x: 0, y, w: COLUMNS, h: 1 },
      panels: [],
    });
    y += 1;
    let x = 0;
    let lowest = y;
    for (const panel of row.panels) {
      const { width = 8, height = 8 } = panel;
      if (x + width > COLUMNS) [x, y] = [0, lowest];
      panels.push({ id: panels.length + 1, gridPos: { x, y, w: width, h: height }, ...describe(panel) });
      x += width;
      lowest = Math.max(lowest, y + height);
    }
    y = lowest;
  }
  return panels;
}

/** @param {Panel} panel */
function describe({ title, description, unit, type = 'timeseries', max, queries, thresholds }) {
  const isNow = type === 'stat' || type === 'table';
  return {
    type,
    title,
    description,
    datasource,
    targets: Object.entries(queries).map(([legend, expr], index) => ({
      refId: String.fromCharCode(65 + index),
      datasource,
      expr,
      legendFormat: legend,
      ...(isNow && { instant: true }),
      ...(type === 'table' && { format: 'table' }),
      ...(type === 'heatmap' && { format: 'heatmap' }),
    })),
    fieldConfig: {
      defaults: {
        unit,
        ...(type === 'timeseries' && { min: 0, custom: { fillOpacity: 10, showPoints: 'never' } }),
        ...(max !== undefined && { max }),
        ...(thresholds && { thresholds: { mode: 'absolute', steps: thresholds } }),
      },
      overrides: [],
    },
    ...(type === 'table' && { transformations: asColumns(Object.keys(queries)) }),
  };
}

/**
 * One line for each set of labels, one column a query.
 * @param {string[]} columns
 */
function asColumns(columns) {
  const renameByName = Object.fromEntries(
    columns.map((name, index) => [`Value #${String.fromCharCode(65 + index)}`, name]),
  );
  return [
    { id: 'merge', options: {} },
    { id: 'organize', options: { excludeByName: { Time: true }, renameByName } },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of Object.entries(buildDashboards())) await writeFile(`${DASHBOARD_FOLDER}${name}`, text);
}
