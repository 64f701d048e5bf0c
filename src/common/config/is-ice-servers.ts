import type { IceServer } from '@minimeet/protocol';
import { ValidateBy } from 'class-validator';

const ICE_URL = /^(stun|stuns|turn|turns):[^\s]+$/;

/** Checks a value for `new RTCPeerConnection({ iceServers })` (W3C WebRTC, RTCIceServer). */
export function isIceServers(value: unknown): value is IceServer[] {
  return Array.isArray(value) && value.every(isIceServer);
}

export const IsIceServers = (): PropertyDecorator =>
  ValidateBy({
    name: 'isIceServers',
    validator: {
      validate: isIceServers,
      defaultMessage: () =>
        '$property must be JSON such as [{"urls":"turn:turn.example.org","username":"…","credential":"…"}]',
    },
  });

function isIceServer(value: unknown): value is IceServer {
  if (typeof value !== 'object' || value === null || !('urls' in value)) return false;
  const { urls, ...rest } = value;
  const all: unknown[] = Array.isArray(urls) ? urls : [urls];
  const areUrls = all.length > 0 && all.every((url) => typeof url === 'string' && ICE_URL.test(url));
  const areCredentials = Object.entries(rest).every(
    ([key, item]) => (key === 'username' || key === 'credential') && typeof item === 'string',
  );
  return areUrls && areCredentials;
}
