import { Progress as Base } from '@base-ui/react/progress';
import './Progress.css';

/** How far something is; `value` from 0 to 1, `null` when nobody knows. */
export function Progress({ label, value }: { label: string; value: number | null }) {
  return (
    <Base.Root className="progress" aria-label={label} value={value === null ? null : Math.round(value * 100)}>
      <Base.Track className="progress__track">
        <Base.Indicator className="progress__bar" />
      </Base.Track>
    </Base.Root>
  );
}
