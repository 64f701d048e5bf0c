import { Scan, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useRef, useState, type PointerEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Hint } from '../../ui/IconButton.js';
import type { Size } from '../layout.js';
import { CLOSEST, panBy, WHOLE, ZOOM_STEP, zoomAt, type Zoom } from './zoom.js';
import './ZoomPane.css';

interface ZoomPaneProps {
  /** CSS pixels. */
  size: Size;
  children: ReactNode;
}

const MIDDLE = { x: 0, y: 0 };
/** A wheel that turns by one notch reports about 100. */
const WHEEL = 0.0025;
const ICON = { size: 18, 'aria-hidden': true } as const;

/** A shared screen to zoom with buttons, with two fingers, or with Ctrl and the wheel, and to move by dragging. */
export function ZoomPane({ size, children }: ZoomPaneProps) {
  const { t } = useTranslation('call');
  const pane = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(WHOLE);
  const fingers = useFingers(size, setZoom);
  useWheel(pane, size, setZoom);
  const step = (factor: number) => setZoom((before) => zoomAt(before, factor, MIDDLE, size));
  return (
    <div className="zoom" data-zoomed={zoom.scale > 1 ? '' : undefined}>
      <div ref={pane} className="zoom__pane" {...fingers}>
        <div
          className="zoom__picture"
          style={{ transform: `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})` }}
        >
          {children}
        </div>
      </div>
      <div className="zoom__buttons" role="group" aria-label={t('zoom.label')}>
        <ZoomButton label={t('zoom.out')} disabled={zoom.scale <= 1} onClick={() => step(1 / ZOOM_STEP)}>
          <ZoomOut {...ICON} />
        </ZoomButton>
        <ZoomButton label={t('zoom.in')} disabled={zoom.scale >= CLOSEST} onClick={() => step(ZOOM_STEP)}>
          <ZoomIn {...ICON} />
        </ZoomButton>
        <ZoomButton label={t('zoom.whole')} disabled={zoom.scale <= 1} onClick={() => setZoom(WHOLE)}>
          <Scan {...ICON} />
        </ZoomButton>
      </div>
    </div>
  );
}

interface ZoomButtonProps {
  label: string;
  disabled: boolean;
  onClick: () => void;
  children: ReactNode;
}

/** Stays focusable at its end, so that the focus is not lost there. */
function ZoomButton({ label, disabled, onClick, children }: ZoomButtonProps) {
  return (
    <Hint text={label}>
      <button
        type="button"
        className="tile__button"
        aria-label={label}
        aria-disabled={disabled || undefined}
        onClick={() => !disabled && onClick()}
      >
        {children}
      </button>
    </Hint>
  );
}

type ChangeZoom = (change: (before: Zoom) => Zoom) => void;

/** One finger, or the mouse, moves the picture; two come closer. */
function useFingers(size: Size, change: ChangeZoom) {
  const down = useRef(new Map<number, { x: number; y: number }>());
  const end = ({ pointerId }: PointerEvent) => void down.current.delete(pointerId);
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      down.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const before = down.current.get(event.pointerId);
      if (!before) return;
      const now = { x: event.clientX, y: event.clientY };
      const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1];
      down.current.set(event.pointerId, now);
      if (!other) return change((zoom) => panBy(zoom, now.x - before.x, now.y - before.y, size));
      const box = event.currentTarget.getBoundingClientRect();
      const middle = {
        x: (now.x + other.x) / 2 - box.left - box.width / 2,
        y: (now.y + other.y) / 2 - box.top - box.height / 2,
      };
      const factor = distance(now, other) / Math.max(1, distance(before, other));
      change((zoom) => zoomAt(zoom, factor, middle, size));
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}

/** Listens without React, whose listeners of the wheel cannot keep the browser from zooming the page. */
function useWheel(pane: { readonly current: HTMLElement | null }, size: Size, change: ChangeZoom): void {
  const { width, height } = size;
  useEffect(() => {
    const element = pane.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent) => {
      // Pinching on a touch pad comes as a wheel with Ctrl.
      if (!event.ctrlKey) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const point = { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
      change((before) => zoomAt(before, Math.exp(-event.deltaY * WHEEL), point, { width, height }));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [pane, width, height, change]);
}

function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
