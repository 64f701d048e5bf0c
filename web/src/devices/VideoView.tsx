import { useEffect, useMemo, useRef, useState } from 'react';
import { classNames } from '../ui/class-names.js';
import './VideoView.css';

interface VideoViewProps {
  track: MediaStreamTrack;
  /** One's own camera is shown as in a mirror. */
  mirrored?: boolean;
  /** `contain` shows all of a screen, `cover` fills the tile with a face. */
  fit: 'cover' | 'contain';
  /** Called when the first picture is on screen. */
  onPicture?: () => void;
}

/** A picture without sound. It is transparent until the first frame, so that what is behind it stays visible. */
export function VideoView({ track, mirrored = false, fit, onPicture }: VideoViewProps) {
  const video = useRef<HTMLVideoElement>(null);
  const stream = useMemo(() => new MediaStream([track]), [track]);
  const [shown, setShown] = useState<MediaStreamTrack | null>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    element.srcObject = stream;
    element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [stream]);
  return (
    <video
      ref={video}
      className={classNames('video-view', mirrored && 'video-view--mirrored')}
      style={{ objectFit: fit }}
      data-ready={shown === track ? '' : undefined}
      autoPlay
      playsInline
      muted
      disablePictureInPicture
      aria-hidden="true"
      onLoadedData={() => {
        setShown(track);
        onPicture?.();
      }}
    />
  );
}
