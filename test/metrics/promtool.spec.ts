/** @needs promtool */
import { spawnSync } from 'node:child_process';
import { Person } from '../support/person.js';
import { startServer } from '../support/server.js';
import { metricsUrl } from './prometheus.js';

describe('promtool', () => {
  it('has nothing to say against the metrics', async () => {
    const server = await startServer();
    const ann = await Person.connected(server.origin, 'Ann');
    const { slug } = await ann.createRoom();
    await ann.joinWithMedia(slug);
    await ann.refused('join_room', { room: 'no-such-room' });
    await ann.request('report_quality', { joinPhases: { total: 400 }, path: 'udp' });
    const text = await (await fetch(metricsUrl(server))).text();
    ann.leave();
    await server.close();

    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});
