import type { ConsumerOptions } from '@minimeet/protocol';
import { Signalling } from './signalling.js';
import { ScriptedServer, until } from './testing/scripted-server.js';

describe('the connection', () => {
  let server: ScriptedServer;
  let signalling: Signalling;
  let tokens: number;

  beforeEach(async () => {
    server = await ScriptedServer.create();
    tokens = 0;
    signalling = new Signalling({ url: server.url, accessToken: () => Promise.resolve(`token ${++tokens}`) });
  });
  afterEach(async () => {
    signalling.close();
    await server.close();
  });

  it('is welcomed with the token and the version that it sent', async () => {
    const welcome = await signalling.connect();
    expect(welcome.displayName).toBe('Ada');
    expect(server.handshakes).toEqual([{ token: 'token 1', protocolVersion: '1.0' }]);
  });

  it('tells why the server refuses', async () => {
    server.refusal = { code: 'UNSUPPORTED_VERSION', message: 'Too old.', retryable: false };
    await expect(signalling.connect()).rejects.toMatchObject({ code: 'UNSUPPORTED_VERSION', message: 'Too old.' });
  });

  it('tells that nobody is there, and can be tried again', async () => {
    const nowhere = new Signalling({ url: 'http://127.0.0.1:1', accessToken: () => 'token' });
    await expect(nowhere.connect()).rejects.toMatchObject({ code: 'DISCONNECTED', retryable: true });
    nowhere.close();
  });

  it('answers a request with its data, or throws its error', async () => {
    await signalling.connect();
    server.answer('produce', () => ({ ok: true, data: { producerIds: ['p'] } }));
    await expect(signalling.request('produce', { producers: [] })).resolves.toEqual({ producerIds: ['p'] });
    const details = { tiles: ['too many'] };
    server.answer('set_view', () => ({
      ok: false,
      error: { code: 'INVALID_PAYLOAD', message: 'No.', retryable: false, details },
    }));
    await expect(signalling.request('set_view', { tiles: [] })).rejects.toMatchObject({
      code: 'INVALID_PAYLOAD',
      details,
    });
  });

  it('gives up on an ack that does not come', async () => {
    await signalling.connect();
    server.answer('leave_room', () => 'silence');
    await expect(signalling.request('leave_room', {}, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'TIMED_OUT' });
  });

  it('ends a request whose connection is lost, and keeps none for the next one', async () => {
    await signalling.connect();
    server.answer('leave_room', () => 'silence');
    const request = signalling.request('leave_room', {});
    await until(() => server.requests.length === 1);
    server.cut();
    await expect(request).rejects.toMatchObject({ code: 'DISCONNECTED' });
    await expect(signalling.request('leave_room', {})).rejects.toMatchObject({ code: 'DISCONNECTED' });
    await new Promise<void>((resolve) => signalling.once('connected', () => resolve()));
    expect(server.requests).toHaveLength(1);
    expect(server.handshakes).toHaveLength(2);
    expect(tokens).toBe(2);
  });

  it.each([
    ['the network closes it', () => server.cut()],
    ['the server closes it', () => server.socket?.disconnect(true)],
  ])('comes back when %s', async (_how, close) => {
    await signalling.connect();
    const back = new Promise<void>((resolve) => signalling.once('connected', () => resolve()));
    close();
    await back;
    await expect(signalling.request('leave_room', {})).resolves.toEqual({});
  });

  it('tries a refused token once more, with a new one, and then no more', async () => {
    await signalling.connect();
    server.refusal = { code: 'UNAUTHENTICATED', message: 'Expired.', retryable: false };
    const refused = new Promise((resolve) => signalling.once('refused', resolve));
    server.cut();
    await expect(refused).resolves.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(tokens).toBe(3);
  });

  it('acks consumers when they are handled', async () => {
    await signalling.connect();
    const steps: string[] = [];
    signalling.onConsumersOpened(async (consumers: ConsumerOptions[]) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      steps.push(`handled ${consumers.length}`);
    });
    const ack: unknown = await server.socket?.emitWithAck('consumers_opened', { consumers: [] });
    steps.push('acked');
    expect(steps).toEqual(['handled 0', 'acked']);
    expect(ack).toEqual({ ok: true, data: {} });
  });

  it('ends a connect() that waits when it is closed', async () => {
    const connecting = signalling.connect();
    signalling.close();
    await expect(connecting).rejects.toMatchObject({ code: 'DISCONNECTED' });
    await expect(signalling.connect()).rejects.toMatchObject({ code: 'DISCONNECTED' });
  });
});
