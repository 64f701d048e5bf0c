import { isCompatibleVersion, PROTOCOL_VERSION } from './version.js';

describe('the protocol version', () => {
  it.each([PROTOCOL_VERSION, '1.0', '1.7', '1.99'])('accepts %s', (version) => {
    expect(isCompatibleVersion(version)).toBe(true);
  });

  it.each(['0.9', '2.0', '10.0', '1', '', '1.x', ' 1.0', '1.0; DROP'])('refuses "%s"', (version) => {
    expect(isCompatibleVersion(version)).toBe(false);
  });
});
