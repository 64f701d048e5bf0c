import type { CallDetails, RoomSlug } from '@minimeet/protocol';
import { Download } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { Navigate, useParams } from 'react-router';
import { useTitle } from '../app/use-title.js';
import { sentenceOf } from '../session/sentences.js';
import { useUser, withApi } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { HintProvider } from '../ui/IconButton.js';
import { useToast } from '../ui/Toasts.js';
import { useOnce } from '../ui/use-once.js';
import { HistoryFrame } from './HistoryFrame.js';
import { HistoryProblem } from './HistoryProblem.js';
import { peopleOf, spanOf, type Span } from './model.js';
import { around } from './scale.js';
import { saveFile } from './save-file.js';
import { Timeline } from './Timeline.js';
import { useLoaded } from '../app/use-loaded.js';
import { Verdict } from './Verdict.js';
import { useHistoryWords, type HistoryWords } from './words.js';
import './CallPage.css';

/** A long call is megabytes of samples, and there is a new one every ten seconds only. */
const LIVE_REFRESH_MS = 30_000;

/** `/r/:slug/calls/:callId`: one call as a timeline. */
export default function CallPage() {
  const { slug = '', callId = '' } = useParams();
  if (!useUser()) return <Navigate to={`/sign-in?next=${encodeURIComponent(`/r/${slug}/calls/${callId}`)}`} replace />;
  return (
    <HintProvider>
      <OneCall key={callId} slug={slug} callId={callId} />
    </HintProvider>
  );
}

function OneCall({ slug, callId }: { slug: RoomSlug; callId: string }) {
  const words = useHistoryWords();
  const { t } = words;
  const { value, error, reload } = useLoaded(
    useCallback(async () => {
      const [room, call] = await Promise.all([withApi((api) => api.room(slug)), withApi((api) => api.call(callId))]);
      return { room, call, asOf: Date.now() };
    }, [slug, callId]),
    ({ call }) => (call.endedAt === null ? LIVE_REFRESH_MS : null),
  );
  const title = value ? t('call.titleOf', { room: value.room.name }) : t('call.title');
  useTitle(title);
  return (
    <HistoryFrame
      back={{ to: `/r/${slug}/calls`, label: t('call.all') }}
      title={title}
      text={value ? whenWords(words, value.call, value.asOf) : undefined}
      action={error === null && <DownloadCsv callId={callId} startedAt={value?.call.startedAt} />}
    >
      {error !== null && <HistoryProblem error={error} onRetry={reload} />}
      {!value && error === null && <CallSkeleton />}
      {value && <CallBody call={value.call} asOf={value.asOf} />}
    </HistoryFrame>
  );
}

function CallBody({ call, asOf }: { call: CallDetails; asOf: number }) {
  const whole = useMemo(() => spanOf(call, asOf), [call, asOf]);
  const people = useMemo(() => peopleOf(call), [call]);
  // `null`: all of the call, also while it grows.
  const [window, setWindow] = useState<Span | null>(null);
  const [marked, setMarked] = useState(false);
  const worst = call.worstMoment;
  const showWorst = () => {
    if (!worst) return;
    setMarked(true);
    setWindow(around({ from: Date.parse(worst.startsAt), to: Date.parse(worst.endsAt) }, whole));
    document
      .getElementById(laneIdOf(call, worst.participantId))
      ?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  };
  return (
    <>
      <Verdict call={call} onShow={showWorst} />
      <Timeline
        people={people}
        whole={whole}
        window={window ?? whole}
        onWindow={(next) => setWindow(next.to - next.from >= whole.to - whole.from ? null : next)}
        worst={worst}
        marked={marked}
      />
    </>
  );
}

/** The lane to look at; the top of the timeline when the moment was everybody's. */
function laneIdOf({ participations }: CallDetails, participantId: string | null): string {
  return participations.some(({ id }) => id === participantId) ? `stay-${participantId}` : 'timeline';
}

function whenWords({ t, day, duration, time }: HistoryWords, call: CallDetails, asOf: number): string {
  const { from, to } = spanOf(call, asOf);
  const people = t('call.people', { count: peopleOf(call).length });
  if (call.endedAt === null) return t('call.since', { day: day(from), from: time(from), people });
  return t('call.when', { day: day(from), from: time(from), to: time(to), length: duration(to - from), people });
}

function DownloadCsv({ callId, startedAt }: { callId: string; startedAt: string | undefined }) {
  const { t } = useHistoryWords();
  const toast = useToast();
  const { busy, run } = useOnce(
    async () => {
      const csv = await withApi((api) => api.exportCall(callId));
      const when = (startedAt ?? '').slice(0, 16).replaceAll(':', '-');
      saveFile(`call-${when || callId}.csv`, 'text/csv', csv);
    },
    (error) => toast(sentenceOf(error)),
  );
  return (
    <Button busy={busy} onClick={() => run()} disabled={startedAt === undefined}>
      <Download size={18} aria-hidden="true" /> {t('call.csv')}
    </Button>
  );
}

function CallSkeleton() {
  const { t } = useHistoryWords();
  return (
    <div className="call-page__skeletons" aria-busy="true" aria-label={t('call.loading')}>
      <div className="call-page__skeleton call-page__skeleton--verdict" />
      <div className="call-page__skeleton call-page__skeleton--timeline" />
    </div>
  );
}
