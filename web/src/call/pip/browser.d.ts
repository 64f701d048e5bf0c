/** The parts that TypeScript's DOM lacks: Document Picture-in-Picture (WICG), Media Session's call actions (W3C). */
interface DocumentPictureInPicture {
  requestWindow(options: { width: number; height: number }): Promise<Window>;
}

interface Window {
  readonly documentPictureInPicture?: DocumentPictureInPicture;
}

interface MediaSession {
  setActionHandler(action: 'togglemicrophone' | 'togglecamera' | 'hangup', handler: (() => void) | null): void;
}
