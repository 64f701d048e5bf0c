/** Two tones, the second higher, as a doorbell. */
const TONES_HZ = [523, 659];
const TONE_S = 0.45;
const FADE_S = 0.03;
const VOLUME = 0.25;

/**
 * Plays the tones on one speaker.
 * @param speakerId '' is the system's default, as where the browser cannot choose.
 * @returns when they are over. @throws when the speaker cannot be had.
 */
export async function playTestTone(speakerId: string): Promise<void> {
  const context = new AudioContext();
  const audio = new Audio();
  try {
    // Through an element, as the call's sound goes: not every browser can send a context to a chosen speaker.
    const destination = context.createMediaStreamDestination();
    audio.srcObject = destination.stream;
    if (speakerId !== '' && 'setSinkId' in audio) await audio.setSinkId(speakerId);
    await Promise.all([context.resume(), audio.play()]);
    const volume = context.createGain();
    volume.connect(destination);
    TONES_HZ.forEach((hertz, place) => {
      const start = context.currentTime + place * TONE_S;
      const tone = context.createOscillator();
      tone.frequency.value = hertz;
      tone.connect(volume);
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(VOLUME, start + FADE_S);
      volume.gain.setValueAtTime(VOLUME, start + TONE_S - FADE_S);
      volume.gain.linearRampToValueAtTime(0, start + TONE_S);
      tone.start(start);
      tone.stop(start + TONE_S);
    });
    await new Promise((resolve) => setTimeout(resolve, TONES_HZ.length * TONE_S * 1_000 + 150));
  } finally {
    audio.pause();
    audio.srcObject = null;
    await context.close();
  }
}
