import type {
  ConnectTransportRequest,
  Done,
  ProduceReply,
  ProduceRequest,
  ProducerRequest,
  ReportQualityRequest,
  RestartIceReply,
  RestartIceRequest,
  SetSpeakingRequest,
  SetViewRequest,
} from '@minimeet/protocol';
import type { SocketSession } from '../joining/socket-session.js';
import { assertMayProduce, assertMayResume } from './unmuting.js';

/** What one connected person does with the media of their call. */
export class MediaRequests {
  constructor(private readonly session: Pick<SocketSession, 'currentStay' | 'currentPeer' | 'peerWith'>) {}

  async connectTransport({ transportId, dtlsParameters }: ConnectTransportRequest): Promise<Done> {
    await this.session.peerWith(transportId).connectTransport(transportId, dtlsParameters);
    return {};
  }

  async restartIce({ transportId }: RestartIceRequest): Promise<RestartIceReply> {
    return { iceParameters: await this.session.peerWith(transportId).restartIce(transportId) };
  }

  async produce({ producers }: ProduceRequest): Promise<ProduceReply> {
    const peer = this.session.currentPeer();
    assertMayProduce(this.session.currentStay(), producers);
    return { producerIds: await peer.produce(producers) };
  }

  async pauseProducer({ producerId }: ProducerRequest): Promise<Done> {
    await this.session.currentPeer().pauseProducer(producerId);
    return {};
  }

  async resumeProducer({ producerId }: ProducerRequest): Promise<Done> {
    const peer = this.session.currentPeer();
    assertMayResume(this.session.currentStay(), producerId);
    await peer.resumeProducer(producerId);
    return {};
  }

  async closeProducer({ producerId }: ProducerRequest): Promise<Done> {
    await this.session.currentPeer().closeProducer(producerId);
    return {};
  }

  setView({ tiles }: SetViewRequest): Done {
    this.session.currentPeer().setView(tiles);
    return {};
  }

  setSpeaking({ speaking }: SetSpeakingRequest): Done {
    this.session.currentPeer().setSpeaking(speaking);
    return {};
  }

  reportQuality(report: ReportQualityRequest): Done {
    this.session.currentStay().reportQuality(report);
    return {};
  }
}
