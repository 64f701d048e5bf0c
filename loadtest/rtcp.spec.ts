import { readRtcp, writeNack, writePictureLoss, writeReceiverReport, writeSenderReport } from './rtcp.js';

describe('RTCP', () => {
  it('asks for lost packets, over the end of the numbers', () => {
    const missing = [65_530, 65_531, 65_535, 0, 11, 40];
    const asked: number[] = [];
    const packet = writeNack(1, 2, missing);
    // Three entries: 65530 and the 16 after it, 11, 40.
    expect(packet.length).toBe(12 + 3 * 4);
    readRtcp(packet, { onResendRequest: (ssrc, number) => asked.push(ssrc, number) });
    expect(asked).toEqual(missing.flatMap((number) => [2, number]));
  });

  it('reads every part of a compound packet', () => {
    const heard: string[] = [];
    const report = writeSenderReport({ ssrc: 7, cname: 'Ann', nowMs: 1_000, timestamp: 90, packets: 3, bytes: 300 });
    const compound = Buffer.concat([report, writePictureLoss(1, 7), writeNack(1, 8, [3])]);
    readRtcp(compound, {
      onSenderReport: (ssrc, middle) => heard.push(`report ${ssrc} ${middle === report.readUInt32BE(10)}`),
      onKeyFrameRequest: (ssrc) => heard.push(`key frame ${ssrc}`),
      onResendRequest: (ssrc, number) => heard.push(`resend ${ssrc} ${number}`),
    });
    expect(heard).toEqual(['report 7 true', 'key frame 7', 'resend 8 3']);
  });

  it('does not read beyond what is cut off', () => {
    const nack = writeNack(1, 2, [3, 40]);
    for (let length = 0; length < nack.length; length++) {
      const asked: number[] = [];
      readRtcp(nack.subarray(0, length), { onResendRequest: (_, number) => asked.push(number) });
      expect(asked.length).toBeLessThan(2);
    }
  });

  it('reports loss in 256ths, and ages in 65536ths of a second', () => {
    const packet = writeReceiverReport(1, [
      {
        ssrc: 2,
        lossRatio: 0.25,
        totalLost: 5,
        highestSequenceNumber: 0x1_0003,
        jitter: 90.4,
        lastSenderReport: 0xabcd_0123,
        sinceLastSenderReportMs: 500,
      },
    ]);
    expect(packet.toString('hex')).toBe(
      '81c9000700000001000000024000000500010003' + '0000005a' + 'abcd0123' + '00008000',
    );
  });
});
