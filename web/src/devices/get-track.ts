import type { DeviceKind } from './media-failure.js';

/** HD where the device has it; the layers of simulcast are cut from it. */
const CAMERA: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};
const MICROPHONE: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

type DeviceIds = Partial<Record<DeviceKind, string>>;

/**
 * Opens the devices that `ids` names ('' is the system's default) with one question to the person.
 * A device that is gone is replaced by the default.
 * @throws DOMException as `getUserMedia`; TypeError on a page without a secure context.
 */
export async function getTracks(ids: DeviceIds): Promise<Partial<Record<DeviceKind, MediaStreamTrack>>> {
  // Absent on insecure pages, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new TypeError('Cameras and microphones need a secure context.');
  try {
    return await open(devices, ids, 'exact');
  } catch (error) {
    // One of the chosen is not plugged in: as near to the choice as the browser comes.
    if (error instanceof Error && error.name === 'OverconstrainedError') return open(devices, ids, 'ideal');
    throw error;
  }
}

/** @param how `ideal` is one wish among others: a browser prefers another camera that has the wished-for size. */
async function open(
  devices: MediaDevices,
  ids: DeviceIds,
  how: 'exact' | 'ideal',
): Promise<Partial<Record<DeviceKind, MediaStreamTrack>>> {
  const stream = await devices.getUserMedia({
    video: ids.camera !== undefined && constraintsFor(CAMERA, ids.camera, how),
    audio: ids.microphone !== undefined && constraintsFor(MICROPHONE, ids.microphone, how),
  });
  return { camera: stream.getVideoTracks()[0], microphone: stream.getAudioTracks()[0] };
}

function constraintsFor(base: MediaTrackConstraints, deviceId: string, how: 'exact' | 'ideal'): MediaTrackConstraints {
  return deviceId ? { ...base, deviceId: { [how]: deviceId } } : base;
}
