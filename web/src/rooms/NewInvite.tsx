import type { RoomSlug } from '@minimeet/protocol';
import { Check, Copy } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../session/sentences.js';
import { withApi } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { copyText } from '../ui/copy-text.js';
import { Notice } from '../ui/Notice.js';
import { Select } from '../ui/Select.js';
import { useOnce } from '../ui/use-once.js';

const DAY_SECONDS = 86_400;
const LIFETIMES = { hour: 3_600, day: DAY_SECONDS, week: 7 * DAY_SECONDS, month: 30 * DAY_SECONDS };
type Lifetime = keyof typeof LIFETIMES;
const USES = [1, 5, 10, 50];

/** Makes an invite with an end and perhaps a number of uses; its link is told once. */
export function NewInvite({ slug, onMade }: { slug: RoomSlug; onMade: () => void }) {
  const { t } = useTranslation('rooms');
  const [lifetime, setLifetime] = useState<Lifetime>('week');
  const [uses, setUses] = useState('unlimited');
  const [link, setLink] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const { busy, run } = useOnce(async () => {
    setFailure(null);
    const body = {
      expiresInSeconds: LIFETIMES[lifetime],
      ...(uses !== 'unlimited' && { maxUses: Number(uses) }),
    };
    const { token } = await withApi((api) => api.createInvite(slug, body));
    setLink(`${window.location.origin}/r/${slug}?invite=${encodeURIComponent(token)}`);
    onMade();
  }, setFailure);
  return (
    <div className="new-invite">
      <div className="new-invite__choices">
        <div>
          <Select
            label={t('invites.expires')}
            value={lifetime}
            options={(Object.keys(LIFETIMES) as Lifetime[]).map((value) => ({ value, label: t(`invites.${value}`) }))}
            onChange={setLifetime}
          />
        </div>
        <div>
          <Select
            label={t('invites.uses')}
            value={uses}
            options={[
              { value: 'unlimited', label: t('invites.unlimited') },
              ...USES.map((count) => ({ value: String(count), label: t('invites.people', { count }) })),
            ]}
            onChange={setUses}
          />
        </div>
        <Button look="primary" className="new-invite__make" busy={busy} onClick={() => run()}>
          {t('invites.make')}
        </Button>
      </div>
      {failure !== null && <Notice tone="danger">{sentenceOf(failure)}</Notice>}
      {link !== null && <FreshLink key={link} link={link} />}
    </div>
  );
}

function FreshLink({ link }: { link: string }) {
  const { t } = useTranslation('rooms');
  const id = useId();
  const [copied, setCopied] = useState(false);
  return (
    <div className="new-invite__link">
      <label className="field__label" htmlFor={id}>
        {t('invites.fresh')}
      </label>
      <div className="new-invite__row">
        <input
          id={id}
          className="field__input"
          value={link}
          readOnly
          aria-describedby={`${id}-once`}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button onClick={() => void copyText(link).then(setCopied)}>
          {copied ? <Check size={17} aria-hidden="true" /> : <Copy size={17} aria-hidden="true" />}
          {t(copied ? 'invites.copied' : 'invites.copy')}
        </Button>
      </div>
      <p className="field__help" id={`${id}-once`}>
        {t('invites.once')}
      </p>
    </div>
  );
}
