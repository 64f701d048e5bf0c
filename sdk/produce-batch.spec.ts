import type { ProducerOptions, ReplyOf, RequestName, RequestOf } from '@minimeet/protocol';
import { MiniMeetError } from './errors.js';
import { ProduceBatch } from './produce-batch.js';
import type { Requester } from './signalling.js';

class Recorder implements Requester {
  readonly requests: unknown[] = [];
  failure: MiniMeetError | null = null;

  request<Name extends RequestName>(_name: Name, payload: RequestOf<Name>): Promise<ReplyOf<Name>> {
    this.requests.push(payload);
    return this.failure ? Promise.reject(this.failure) : Promise.resolve({} as ReplyOf<Name>);
  }
}

const camera: ProducerOptions = { requestId: 'c', source: 'camera', rtpParameters: { codecs: [] } };
const microphone: ProducerOptions = { requestId: 'm', source: 'microphone', rtpParameters: { codecs: [] } };

describe('publishing several tracks at once', () => {
  it('is one request, when the last one is negotiated', async () => {
    const server = new Recorder();
    const batch = new ProduceBatch(() => server);
    batch.expect('c');
    batch.expect('m');
    const added = [batch.add(camera)];
    expect(server.requests).toEqual([]);
    added.push(batch.add(microphone));
    await Promise.all(added);
    expect(server.requests).toEqual([{ producers: [camera, microphone] }]);
  });

  it('does not wait for one that came to nothing', async () => {
    const server = new Recorder();
    const batch = new ProduceBatch(() => server);
    batch.expect('c');
    batch.expect('m');
    const added = batch.add(camera);
    batch.drop('m');
    await added;
    expect(server.requests).toEqual([{ producers: [camera] }]);
  });

  it('fails for all with what the server said', async () => {
    const server = new Recorder();
    server.failure = new MiniMeetError('LIMIT_EXCEEDED', 'Too many.');
    const batch = new ProduceBatch(() => server);
    batch.expect('c');
    batch.expect('m');
    const results = await Promise.allSettled([batch.add(camera), batch.add(microphone)]);
    expect(results).toEqual([1, 2].map(() => ({ status: 'rejected', reason: server.failure })));
  });
});
