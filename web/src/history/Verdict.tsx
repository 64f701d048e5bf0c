import type { CallDetails } from '@minimeet/protocol';
import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { Button } from '../ui/Button.js';
import { clock, clockWithSeconds } from './words.js';
import './Verdict.css';

/** The answer to “why was it bad?”, before all details. */
export function Verdict({ call, onShow }: { call: CallDetails; onShow: () => void }) {
  const { worstMoment } = call;
  if (worstMoment) {
    const { sentence, startsAt, endsAt } = worstMoment;
    const [from, to] = [clockWithSeconds(startsAt), clockWithSeconds(endsAt)];
    return (
      <section className="verdict" data-tone="worst" aria-label="The worst moment">
        <TriangleAlert className="verdict__icon" size={22} aria-hidden="true" />
        <div className="verdict__body">
          <p className="verdict__sentence">{sentence}</p>
          <p className="verdict__text">
            The worst moment, <time dateTime={startsAt}>{from}</time> to <time dateTime={endsAt}>{to}</time>
          </p>
        </div>
        <Button size="small" onClick={onShow}>
          Show in the timeline
        </Button>
      </section>
    );
  }
  const measured = call.participations.some(({ samples }) => samples.length > 0);
  const Icon = measured ? CircleCheck : Info;
  return (
    <section className="verdict" data-tone={measured ? 'good' : 'unknown'} aria-label="How it was">
      <Icon className="verdict__icon" size={22} aria-hidden="true" />
      <div className="verdict__body">
        <p className="verdict__sentence">
          {measured ? 'Good for everybody, all the time.' : 'The quality of this call was not measured.'}
        </p>
        <p className="verdict__text">
          {measured
            ? `Nothing stood out since ${clock(call.startedAt)}.`
            : 'It takes people who send or receive media for about ten seconds.'}
        </p>
      </div>
    </section>
  );
}
