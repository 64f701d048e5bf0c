import type { Done, ProduceReply, RestartIceReply } from '@minimeet/protocol';
import type { CurrentStay } from '../call/current-stay.js';
import { PerSocket } from '../connection/per-socket.js';
import { Answers } from '../connection/request-gateway.js';
import {
  ConnectTransportDto,
  ProduceDto,
  ProducerDto,
  ReportQualityDto,
  RestartIceDto,
  SetSpeakingDto,
  SetViewDto,
} from './media.dto.js';
import { assertMayProduce, assertMayResume } from './unmuting.js';

export const mediaSessions = new PerSocket<MediaSession>();

/** The media requests of one connected person. */
export class MediaSession {
  constructor(private readonly current: CurrentStay) {}

  @Answers('connect_transport')
  async connectTransport({ transportId, dtlsParameters }: ConnectTransportDto): Promise<Done> {
    await this.current.peerWith(transportId).connectTransport(transportId, dtlsParameters);
    return {};
  }

  @Answers('restart_ice')
  async restartIce({ transportId }: RestartIceDto): Promise<RestartIceReply> {
    return { iceParameters: await this.current.peerWith(transportId).restartIce(transportId) };
  }

  @Answers('produce')
  async produce({ producers }: ProduceDto): Promise<ProduceReply> {
    const peer = this.current.peer();
    assertMayProduce(this.current.get(), producers);
    return { producerIds: await peer.produce(producers) };
  }

  @Answers('pause_producer')
  async pauseProducer({ producerId }: ProducerDto): Promise<Done> {
    await this.current.peer().pauseProducer(producerId);
    return {};
  }

  @Answers('resume_producer')
  async resumeProducer({ producerId }: ProducerDto): Promise<Done> {
    const peer = this.current.peer();
    assertMayResume(this.current.get(), producerId);
    await peer.resumeProducer(producerId);
    return {};
  }

  @Answers('close_producer')
  async closeProducer({ producerId }: ProducerDto): Promise<Done> {
    await this.current.peer().closeProducer(producerId);
    return {};
  }

  @Answers('set_view')
  setView({ tiles }: SetViewDto): Done {
    this.current.peer().setView(tiles);
    return {};
  }

  @Answers('set_speaking')
  setSpeaking({ speaking }: SetSpeakingDto): Done {
    this.current.peer().setSpeaking(speaking);
    return {};
  }

  @Answers('report_quality')
  reportQuality(report: ReportQualityDto): Done {
    this.current.get().reportQuality(report);
    return {};
  }
}
