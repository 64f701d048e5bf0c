import { NETWORK_PATHS, type NetworkPath, type ParticipantId } from '@minimeet/protocol';
import type { EventBus } from '../../common/events/index.js';
import type { MetricRegistry } from './metric-registry.js';
import { RESET_REASONS, wordOf } from './words.js';

const HANDSHAKE_BUCKETS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20];

/** How packets find their way, and how often it is lost. */
export function defineConnections(metrics: MetricRegistry, events: EventBus): void {
  const iceResults = metrics.counter({
    name: 'minimeet_ice_results_total',
    help: 'Transports whose ICE (RFC 8445) found a way or did not, by the protocol that the server received.',
    unit: 'transports',
    labels: { result: ['connected', 'failed'], protocol: ['udp', 'tcp', 'none'] },
    advice:
      'Failed: MEDIA_ANNOUNCED_ADDRESSES and the firewall for the media ports, UDP and TCP. Much tcp: UDP is blocked somewhere, which costs delay.',
  });
  const iceSeconds = metrics.histogram({
    name: 'minimeet_ice_seconds',
    help: 'From connect_transport until ICE is connected.',
    unit: 'seconds',
    advice: 'Seconds instead of a fraction: the first candidates do not work; check the announced addresses.',
    buckets: HANDSHAKE_BUCKETS,
  });
  const dtlsSeconds = metrics.histogram({
    name: 'minimeet_dtls_seconds',
    help: 'From connect_transport until DTLS is connected.',
    unit: 'seconds',
    advice: 'One second more than ICE: handshake packets are lost and repeated; look at loss and the path MTU.',
    buckets: HANDSHAKE_BUCKETS,
  });
  const dtlsFailures = metrics.counter({
    name: 'minimeet_dtls_failures_total',
    help: 'Transports whose DTLS handshake failed after ICE was connected.',
    unit: 'transports',
    advice: 'Rare. Many: a client with a wrong fingerprint, or a middlebox that alters packets.',
  });
  const paths = metrics.counter({
    name: 'minimeet_network_paths_total',
    help: 'Stays by the way their packets travel, as clients report it; relay is a TURN server. A stay that changes counts again.',
    unit: 'stays',
    labels: { path: NETWORK_PATHS },
    advice: 'Much relay or tcp: UDP does not get through to the media ports; open them, since both add delay.',
  });
  const reconnects = metrics.counter({
    name: 'minimeet_reconnects_total',
    help: 'Connections that were lost, by what came of it: resumed in the grace time or not, media made anew, ICE restarted.',
    unit: 'reconnects',
    labels: { kind: ['resumed', 'timed_out', 'media_rebuilt', 'ice_restarted'] },
    advice: 'Many at once: the proxy was reloaded, the server stalled (event-loop delay) or a worker died.',
  });
  const mediaLosses = metrics.counter({
    name: 'minimeet_media_losses_total',
    help: 'Stays whose media was lost while the stay went on.',
    unit: 'stays',
    labels: { reason: RESET_REASONS },
    advice: 'worker_died: see minimeet_worker_deaths_total. transport_failed: as for failed ICE.',
  });

  const lastPaths = new Map<ParticipantId, NetworkPath>();
  events.subscribe('transport-connected', ({ protocol, iceMs, dtlsMs }) => {
    iceResults.inc({ result: 'connected', protocol });
    iceSeconds.observe(iceMs / 1000);
    dtlsSeconds.observe(dtlsMs / 1000);
  });
  events.subscribe('transport-failed', ({ stage }) => {
    if (stage === 'ice') iceResults.inc({ result: 'failed', protocol: 'none' });
    else dtlsFailures.inc();
  });
  events.subscribe('quality-reported', ({ participantId, report: { path } }) => {
    if (path === undefined || lastPaths.get(participantId) === path) return;
    lastPaths.set(participantId, path);
    paths.inc({ path });
  });
  events.subscribe('connection-resumed', () => reconnects.inc({ kind: 'resumed' }));
  events.subscribe('media-rebuilt', () => reconnects.inc({ kind: 'media_rebuilt' }));
  events.subscribe('ice-restarted', () => reconnects.inc({ kind: 'ice_restarted' }));
  events.subscribe('media-lost', ({ reason }) => mediaLosses.inc({ reason: wordOf(reason) }));
  events.subscribe('participant-left', ({ participantId, reason }) => {
    lastPaths.delete(participantId);
    if (reason === 'timed-out') reconnects.inc({ kind: 'timed_out' });
  });
}
