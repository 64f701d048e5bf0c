/** @needs promtool */
import { spawnSync } from 'node:child_process';
import { useServer } from '../support/server.js';
import { metricsUrl } from './prometheus.js';

describe('promtool', () => {
  const { server, person } = useServer();

  it('has nothing to say against the metrics', async () => {
    const ann = await person('Ann');
    const { slug } = await ann.createRoom();
    await ann.joinWithMedia(slug);
    await ann.refused('join_room', { room: 'no-such-room' });
    await ann.request('report_quality', { joinPhases: { total: 400 }, path: 'udp' });
    const text = await (await fetch(metricsUrl(server))).text();
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});
