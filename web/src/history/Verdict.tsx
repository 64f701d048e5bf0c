import type { CallDetails, WorstMoment } from '@minimeet/protocol';
import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { Button } from '../ui/Button.js';
import { useHistoryWords, type HistoryWords } from './words.js';
import { worstFacts } from './worst-facts.js';
import './Verdict.css';

/** The answer to “why was it bad?”, before all details. */
export function Verdict({ call, onShow }: { call: CallDetails; onShow: () => void }) {
  const words = useHistoryWords();
  const { t, time, timeWithSeconds } = words;
  const { worstMoment } = call;
  if (worstMoment) {
    const { startsAt, endsAt } = worstMoment;
    return (
      <section className="verdict" data-tone="worst" aria-label={t('verdict.worst')}>
        <TriangleAlert className="verdict__icon" size={22} aria-hidden="true" />
        <div className="verdict__body">
          <p className="verdict__sentence">{worstWords(words, call, worstMoment)}</p>
          <p className="verdict__text">
            {t('verdict.worstText', { from: timeWithSeconds(startsAt), to: timeWithSeconds(endsAt) })}
          </p>
        </div>
        <Button size="small" onClick={onShow}>
          {t('verdict.show')}
        </Button>
      </section>
    );
  }
  const measured = call.participations.some(({ samples }) => samples.length > 0);
  const Icon = measured ? CircleCheck : Info;
  return (
    <section className="verdict" data-tone={measured ? 'good' : 'unknown'} aria-label={t('verdict.how')}>
      <Icon className="verdict__icon" size={22} aria-hidden="true" />
      <div className="verdict__body">
        <p className="verdict__sentence">{t(measured ? 'verdict.good' : 'verdict.unknown')}</p>
        <p className="verdict__text">
          {measured ? t('verdict.goodText', { time: time(call.startedAt) }) : t('verdict.unknownText')}
        </p>
      </div>
    </section>
  );
}

/** The server's sentence knows more, of causes and of the others; it is English. */
function worstWords({ t, locale, duration, figures }: HistoryWords, call: CallDetails, worst: WorstMoment): string {
  if (locale.startsWith('en')) return worst.sentence;
  const { name, lengthMs, lost, media } = worstFacts(call, worst);
  const what = [
    ...(lost ? [t(`event.${lost}`)] : []),
    ...(media ? [[t(`direction.${media.direction}`), ...figures(media.summary)].join(', ')] : []),
  ];
  return t('verdict.moment', {
    who: name ?? t('verdict.everybody'),
    time: duration(lengthMs),
    what: what.length > 0 ? what.join('; ') : t('quality.bad'),
  });
}
