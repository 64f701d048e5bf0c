import { sendSettings } from './encodings.js';

describe('how a source is sent', () => {
  it('sends a camera of 720 lines in three layers, smallest first', () => {
    expect(sendSettings('camera', { width: 1280, height: 720 }).encodings).toEqual([
      { scaleResolutionDownBy: 4, maxBitrate: 150_000 },
      { scaleResolutionDownBy: 2, maxBitrate: 504_538 },
      { scaleResolutionDownBy: 1, maxBitrate: 1_697_056 },
    ]);
  });

  it.each([
    [{ width: 640, height: 360 }, [2, 1]],
    [{ width: 360, height: 640 }, [2, 1]],
    [{ width: 160, height: 120 }, [1]],
    [{}, [4, 2, 1]],
  ])('leaves out layers that are too small to be useful: %j', (size, scales) => {
    const { encodings } = sendSettings('camera', size);
    expect(encodings?.map(({ scaleResolutionDownBy }) => scaleResolutionDownBy)).toEqual(scales);
  });

  it('sends a screen in one layer, and speech and music differently', () => {
    expect(sendSettings('screen', {}).encodings).toHaveLength(1);
    expect(sendSettings('microphone', {}).codecOptions).toMatchObject({
      opusStereo: false,
      opusDtx: true,
      opusFec: true,
    });
    expect(sendSettings('screen_audio', {}).codecOptions).toMatchObject({ opusStereo: true, opusDtx: false });
  });
});
