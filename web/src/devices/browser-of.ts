/** Browsers that keep the permission for camera and microphone in different places. */
export type KnownBrowser = 'chromium' | 'android' | 'firefox' | 'safari' | 'ios';

/**
 * Serves advice only: an unknown browser gets the general one.
 * @param touchPoints of `navigator`: an iPad says that it is a Mac.
 */
export function browserOf(userAgent: string, touchPoints: number): KnownBrowser | null {
  const isMac = userAgent.includes('Macintosh');
  // All browsers there are Safari inside, and ask as Safari does.
  if (/iPhone|iPad|iPod/.test(userAgent) || (isMac && touchPoints > 1)) return 'ios';
  if (userAgent.includes('Firefox/')) return 'firefox';
  if (/Chrome\/|Chromium\//.test(userAgent)) return userAgent.includes('Android') ? 'android' : 'chromium';
  return isMac && userAgent.includes('Safari/') ? 'safari' : null;
}
