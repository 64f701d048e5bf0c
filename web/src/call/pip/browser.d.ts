/** What TypeScript's DOM does not know yet: Document Picture-in-Picture (WICG), and Media Session's actions of calls (W3C). */
interface DocumentPictureInPicture {
  requestWindow(options: { width: number; height: number }): Promise<Window>;
}

interface Window {
  readonly documentPictureInPicture?: DocumentPictureInPicture;
}

interface MediaSession {
  setActionHandler(action: 'togglemicrophone' | 'togglecamera' | 'hangup', handler: (() => void) | null): void;
}
