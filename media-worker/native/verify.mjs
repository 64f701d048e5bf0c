// Proves that a worker binary runs: starts it through mediasoup, makes a router and a listening socket, closes.
// Needs the npm package and Node >= 22, hence a process of its own. usage: node verify.mjs BINARY
import { createWorker } from 'mediasoup';

const worker = await createWorker({ workerBin: process.argv[2], logLevel: 'error' });
const router = await worker.createRouter({
  mediaCodecs: [{ kind: 'audio', mimeType: 'audio/opus', clockRate: 48000, channels: 2 }],
});
// Its DTLS certificate and ICE candidates come from the libraries that a build links.
await router.createWebRtcTransport({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] });
worker.close();
