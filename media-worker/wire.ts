/**
 * The one place where mediasoup's types (the server's) and mediasoup-client's (the protocol's) meet. They describe the
 * same objects; the server's list of header extensions is longer by some that clients ignore.
 */
import type { types } from 'mediasoup';
import type {
  DtlsParameters,
  IceCandidate,
  RtpCapabilities,
  RtpParameters,
  TransportOptions,
} from '@minimeet/protocol';

export function toWireCapabilities(capabilities: types.RouterRtpCapabilities): RtpCapabilities {
  return capabilities as RtpCapabilities;
}

export function toWireRtpParameters(rtpParameters: types.RtpParameters): RtpParameters {
  return rtpParameters as RtpParameters;
}

export function fromWireCapabilities(capabilities: RtpCapabilities): types.RtpCapabilities {
  return capabilities;
}

export function fromWireRtpParameters(rtpParameters: RtpParameters): types.RtpParameters {
  return rtpParameters;
}

export function fromWireDtlsParameters(dtlsParameters: DtlsParameters): types.DtlsParameters {
  return dtlsParameters;
}

/**
 * @param moreAddresses further addresses under which the same sockets are reached; each gets candidates of its own.
 * @throws TypeError when the transport was made without SCTP.
 */
export function toTransportOptions(
  transport: types.WebRtcTransport,
  moreAddresses: readonly string[],
): TransportOptions {
  if (!transport.sctpParameters) {
    throw new TypeError('the transport has no SCTP');
  }
  return {
    id: transport.id,
    iceParameters: transport.iceParameters,
    iceCandidates: [
      ...transport.iceCandidates,
      ...moreAddresses.flatMap((address, index) =>
        transport.iceCandidates.map((candidate) => alternative(candidate, address, index + 1)),
      ),
    ],
    dtlsParameters: transport.dtlsParameters,
    sctpParameters: transport.sctpParameters,
  };
}

function alternative(candidate: types.IceCandidate, address: string, rank: number): IceCandidate {
  return {
    ...candidate,
    ip: address,
    address,
    foundation: `${candidate.foundation}-${rank}`,
    // Lower than the original's by less than what separates UDP from TCP.
    priority: candidate.priority - rank,
  };
}
