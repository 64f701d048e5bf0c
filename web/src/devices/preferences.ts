/** The choices of the last time, so that nobody needs to choose again. */
export interface MediaPreferences {
  camera: boolean;
  microphone: boolean;
  /** `deviceId`s; '' is the system's default. */
  cameraId: string;
  microphoneId: string;
  speakerId: string;
}

const STORAGE_KEY = 'minimeet-devices';
const DEFAULTS: MediaPreferences = { camera: true, microphone: true, cameraId: '', microphoneId: '', speakerId: '' };

export function readPreferences(): MediaPreferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return DEFAULTS;
    const kept = Object.entries(stored).filter(
      ([name, value]) => name in DEFAULTS && typeof value === typeof DEFAULTS[name as keyof MediaPreferences],
    );
    return { ...DEFAULTS, ...Object.fromEntries(kept) };
  } catch {
    return DEFAULTS;
  }
}

export function writePreferences(preferences: MediaPreferences): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(preferences));
  } catch {
    // Storage is full or forbidden: one chooses again the next time.
  }
}
