import { REQUEST_NAMES } from '@minimeet/protocol';
import type { EventBus } from '../../common/events/index.js';
import type { MetricRegistry } from './metric-registry.js';
import { ERROR_WORDS, wordOf } from './words.js';

/** Defines the metrics of clients' requests, and of the speed of the server and its database. */
export function defineRequests(metrics: MetricRegistry, events: EventBus): void {
  const requests = metrics.histogram({
    name: 'minimeet_request_duration_seconds',
    help: 'Answered Socket.IO requests, refused ones too; event unknown: of no name that the protocol knows.',
    unit: 'seconds',
    labels: { event: [...REQUEST_NAMES, 'unknown'], result: ['ok', ...ERROR_WORDS] },
    advice:
      'Slow: the database for chat_message and join_room, the workers for the others. rate_limited or invalid_payload in number: a faulty client.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  });
  const queries = metrics.histogram({
    name: 'minimeet_database_query_seconds',
    help: 'Statements to the database, beginnings and ends of transactions included.',
    unit: 'seconds',
    labels: { result: ['succeeded', 'failed'] },
    advice: 'Slow: disk or database host. Failed: the log has the message; running calls go on without a database.',
    buckets: [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  });
  const chatMessages = metrics.counter({
    name: 'minimeet_chat_messages_total',
    help: 'Chat messages stored.',
    unit: 'messages',
    advice: 'How much chat is used; none while people are in calls: compare the results of the request chat_message.',
  });
  const dropped = metrics.counter({
    name: 'minimeet_analytics_dropped_total',
    help: 'Rows that are missing in the call history since the database did not take them.',
    unit: 'rows',
    advice: 'Any: the database is slow or down; calls went on, their history has gaps.',
  });

  events.subscribe('request-answered', ({ event, failure, durationMs }) => {
    requests.observe({ event, result: failure === null ? 'ok' : wordOf(failure) }, durationMs / 1000);
  });
  events.subscribe('database-queried', ({ durationMs, succeeded }) => {
    queries.observe({ result: succeeded ? 'succeeded' : 'failed' }, durationMs / 1000);
  });
  events.subscribe('chat-stored', () => chatMessages.inc());
  events.subscribe('analytics-dropped', ({ rows }) => dropped.inc(rows));
}
