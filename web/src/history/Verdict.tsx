import type { CallDetails } from '@minimeet/protocol';
import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { Button } from '../ui/Button.js';
import { useHistoryWords } from './words.js';
import './Verdict.css';

/** The answer to “why was it bad?”, before all details. */
export function Verdict({ call, onShow }: { call: CallDetails; onShow: () => void }) {
  const { t, time, timeWithSeconds } = useHistoryWords();
  const { worstMoment } = call;
  if (worstMoment) {
    const { sentence, startsAt, endsAt } = worstMoment;
    return (
      <section className="verdict" data-tone="worst" aria-label={t('verdict.worst')}>
        <TriangleAlert className="verdict__icon" size={22} aria-hidden="true" />
        <div className="verdict__body">
          <p className="verdict__sentence">{sentence}</p>
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
