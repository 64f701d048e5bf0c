import type { PathCheck } from '@minimeet/sdk';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../i18n/format.js';
import { Notice } from '../ui/Notice.js';
import { CheckRow, type CheckState } from './CheckRow.js';
import { networkStates, type NetworkStates } from './network-states.js';
import type { NetworkState } from './use-network-check.js';

const SLOW_MS = 400;
/** A clock that is wrong by less than this disturbs nothing. */
const CLOCK_MS = 60_000;

/** The server and the ways to it, each in a sentence. */
export function NetworkChecks({ state, signInPath }: { state: NetworkState; signInPath: string }) {
  const { t } = useTranslation('check');
  const states = networkStates(state);
  const host = window.location.hostname;
  return (
    <section className="check__group" aria-labelledby="check-network">
      <h2 className="check__heading" id="check-network">
        {t('group.network')}
      </h2>
      {states.blocked && <Notice tone="danger">{t('blocked', { host })}</Notice>}
      {state.problem === 'no-webrtc' && <Notice tone="danger">{t('noWebRtc')}</Notice>}
      <ul className="check__rows">
        <CheckRow title={t('server.title')} state={states.server} text={<ServerWords state={state} />} />
        <CheckRow
          title={t('socket.title')}
          state={states.socket}
          text={<SocketWords state={state} host={host} signInPath={signInPath} />}
        />
        <PathRow way="udp" check={state.network?.udp} states={states} host={host} />
        <PathRow way="tcp" check={state.network?.tcp} states={states} host={host} />
        {state.network?.relay && <PathRow way="relay" check={state.network.relay} states={states} host={host} />}
      </ul>
    </section>
  );
}

function ServerWords({ state: { server } }: { state: NetworkState }) {
  const { t } = useTranslation('check');
  const { milliseconds, duration } = useFormat();
  if (server === undefined) return t('server.checking');
  if (server === 'failed') return t('server.bad');
  const { latencyMs, clockAheadMs } = server;
  const latency = milliseconds(Math.max(1, latencyMs));
  const words = t(latencyMs > SLOW_MS ? 'server.slow' : 'server.ok', { latency });
  const isOff = clockAheadMs !== null && Math.abs(clockAheadMs) > CLOCK_MS;
  return isOff ? `${words} ${t('server.clock', { minutes: duration(Math.abs(clockAheadMs)) })}` : words;
}

function SocketWords({ state, host, signInPath }: { state: NetworkState; host: string; signInPath: string }) {
  const { t } = useTranslation('check');
  const { wait } = useFormat();
  if (state.network?.socketMs !== undefined) return t('socket.ok', { time: wait(state.network.socketMs) });
  if (state.problem === undefined) return t('socket.checking');
  if (state.problem !== 'signed-out') return t('socket.bad', { host });
  return (
    <>
      {t('socket.signedOut')} <Link to={signInPath}>{t('socket.signIn')}</Link>
    </>
  );
}

interface PathRowProps {
  way: 'udp' | 'tcp' | 'relay';
  check: PathCheck | undefined;
  states: NetworkStates;
  host: string;
}

function PathRow({ way, check, states, host }: PathRowProps) {
  const { t } = useTranslation('check');
  return (
    <CheckRow
      title={t(`${way}.title`)}
      state={states[way]}
      text={<PathWords way={way} check={check} state={states[way]} host={host} />}
    />
  );
}

function PathWords({ way, check, state, host }: Omit<PathRowProps, 'states'> & { state: CheckState }) {
  const { t } = useTranslation('check');
  const { wait, milliseconds } = useFormat();
  if (state === 'checking') return t(`${way}.checking`);
  if (!check) return null;
  if (check.works) {
    const time = wait(check.connectMs ?? 0);
    if (check.roundTripMs === null) return t(`${way}.ok`, { time });
    return t(`${way}.okTrip`, { time, trip: milliseconds(Math.max(1, check.roundTripMs)) });
  }
  if (way === 'udp') return t('udp.bad', { host });
  return t(state === 'unknown' ? `${way}.spare` : `${way}.bad`);
}
