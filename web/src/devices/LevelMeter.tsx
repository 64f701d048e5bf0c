import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { watchLevel } from './level.js';
import './LevelMeter.css';

const BARS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/** How loud the microphone is; drawn without React, sixty times a second. */
export function LevelMeter({ track, muted }: { track: MediaStreamTrack | null; muted: boolean }) {
  const { t } = useTranslation('devices');
  const meter = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = meter.current;
    if (!track || muted || !element) return undefined;
    let shown = 0;
    const stop = watchLevel(track, (level) => {
      // Up at once, down slowly, as the eye expects of a meter.
      shown = Math.max(level, shown * 0.92);
      const lit = Math.round(shown * BARS.length);
      for (const [index, bar] of [...element.children].entries()) bar.toggleAttribute('data-lit', index < lit);
      element.dataset.level = shown.toFixed(2);
    });
    return () => {
      stop();
      for (const bar of element.children) bar.removeAttribute('data-lit');
      element.dataset.level = '0';
    };
  }, [track, muted]);
  return (
    <div ref={meter} className="level-meter" role="img" aria-label={t('level')} data-level="0">
      {BARS.map((bar) => (
        <span key={bar} className="level-meter__bar" />
      ))}
    </div>
  );
}
