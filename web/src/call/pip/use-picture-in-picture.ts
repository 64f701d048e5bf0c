import { useEffect, useRef, useState } from 'react';

/** CSS pixels of the small window. */
export const PIP_SIZE = { width: 400, height: 225 };

export interface PictureInPicture {
  on: boolean;
  toggle: () => void;
  /** A window of its own, for a picture with buttons; `null` while it is closed, and where the browser has none. */
  window: Window | null;
}

/**
 * A small window above all others: one with buttons where the browser can (Chromium), else the picture alone.
 * @param track of the picture alone; `null` when there is none to show.
 * @returns `null` where the browser can do neither.
 */
export function usePictureInPicture(track: MediaStreamTrack | null): PictureInPicture | null {
  const inWindow = usePipWindow();
  const asVideo = usePipVideo(track, inWindow === null);
  return inWindow ?? asVideo;
}

function usePipWindow(): PictureInPicture | null {
  const [opened, setOpened] = useState<Window | null>(null);
  const api = window.documentPictureInPicture;
  useEffect(() => () => opened?.close(), [opened]);
  if (!api) return null;
  const open = async () => {
    const small = await api.requestWindow(PIP_SIZE);
    dress(small.document);
    small.addEventListener('pagehide', () => setOpened(null), { once: true });
    setOpened(small);
  };
  // Refused without a gesture: nothing has changed then.
  const toggle = () => (opened ? opened.close() : void open().catch(() => undefined));
  return { on: opened !== null, toggle, window: opened };
}

/** The small window begins empty: it gets the page's language, styles and dark surface. */
function dress({ documentElement, head, body }: Document): void {
  const page = document.documentElement;
  documentElement.lang = page.lang;
  documentElement.dataset.surface = 'call';
  body.className = 'pip-body';
  for (const style of document.querySelectorAll('link[rel="stylesheet"], style')) head.append(style.cloneNode(true));
}

function usePipVideo(track: MediaStreamTrack | null, wanted: boolean): PictureInPicture | null {
  const video = useRef<HTMLVideoElement | null>(null);
  const [on, setOn] = useState(false);
  const supported = wanted && document.pictureInPictureEnabled;
  useEffect(() => {
    if (!supported) return undefined;
    const element = document.createElement('video');
    element.muted = true;
    element.playsInline = true;
    const look = () => setOn(document.pictureInPictureElement === element);
    element.addEventListener('enterpictureinpicture', look);
    element.addEventListener('leavepictureinpicture', look);
    video.current = element;
    return () => {
      if (document.pictureInPictureElement === element) void document.exitPictureInPicture().catch(() => undefined);
      element.srcObject = null;
      video.current = null;
    };
  }, [supported]);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    // Ready before it is asked for: a browser lets a gesture count for a moment only.
    element.srcObject = track && new MediaStream([track]);
    if (track) element.play().catch(() => undefined);
  }, [track, supported]);
  if (!supported || (track === null && !on)) return null;
  const toggle = () =>
    void (on ? document.exitPictureInPicture() : video.current?.requestPictureInPicture())?.catch(() => undefined);
  return { on, toggle, window: null };
}
