import { readFile } from 'node:fs/promises';
import { ERROR_CODES, NOTIFICATION_NAMES, REQUEST_NAMES } from '@minimeet/protocol';
import { ASYNCAPI_FILE, buildAsyncApi, PROTOCOL_FILE, withTables } from '../../scripts/contract.mjs';
import { REQUEST_GATEWAYS } from '../../src/websocket/meeting.gateway.js';

/** Nest's metadata key for the event of a handler. */
const MESSAGE_KEY = 'message';

describe('the Socket.IO contract', () => {
  it('has exactly one handler for each request', () => {
    const handled = REQUEST_GATEWAYS.flatMap(({ prototype }) =>
      Object.values(Object.getOwnPropertyDescriptors(prototype as object)),
    )
      .map(({ value }) => value as unknown)
      .filter((member) => typeof member === 'function')
      .map((handler) => Reflect.getMetadata(MESSAGE_KEY, handler) as string | undefined)
      .filter((event) => event !== undefined);
    expect(handled.sort()).toEqual([...REQUEST_NAMES].sort());
  });

  it('is described by docs/asyncapi.json as the code has it (else run `node scripts/contract.mjs`)', async () => {
    expect(await readFile(ASYNCAPI_FILE, 'utf8')).toBe(buildAsyncApi());
  });

  it('is told to people in docs/PROTOCOL.md: every request, notification and error code', async () => {
    const text = await readFile(PROTOCOL_FILE, 'utf8');
    const named = [...REQUEST_NAMES, ...NOTIFICATION_NAMES, ...Object.keys(ERROR_CODES)];
    expect(named.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  it('stands in the tables of docs/PROTOCOL.md as the code has it (else run `node scripts/contract.mjs`)', async () => {
    const text = await readFile(PROTOCOL_FILE, 'utf8');
    expect(text).toBe(withTables(text));
  });
});
