import { isRtcp, payloadStart } from './rtp.js';

/** Damage to a peer's packets, in both directions, before anything else sees them: proves that reports are honest. */
export interface ImpairmentOptions {
  /** 0..1. */
  lossRatio?: number;
  delayMs?: number;
  /**
   * A lost packet may come through when it is sent again. Otherwise it is lost each time, so that a report can be held
   * against `lossRatio`.
   */
  recoverable?: boolean;
  /** The same seed loses the same packets. Default: 1. */
  seed?: number;
}

interface Delayed {
  packet: Buffer;
  deliver: (packet: Buffer) => void;
  dueMs: number;
}

export class Impairment {
  readonly #options: Required<ImpairmentOptions>;
  readonly #queue: Delayed[] = [];
  #timer: NodeJS.Timeout | null = null;
  readonly #repairPayloadType: number;
  #random: number;

  /** @param repairPayloadType of packets that are sent again as RFC 4588 says; -1 without. */
  constructor(
    { lossRatio = 0, delayMs = 0, recoverable = false, seed = 1 }: ImpairmentOptions,
    repairPayloadType: number,
  ) {
    this.#repairPayloadType = repairPayloadType;
    this.#options = { lossRatio, delayMs, recoverable, seed };
    this.#random = seed;
  }

  pass(packet: Buffer, deliver: (packet: Buffer) => void): void {
    if (this.#isLost(packet)) return;
    if (this.#options.delayMs === 0) return deliver(packet);
    this.#queue.push({ packet, deliver, dueMs: performance.now() + this.#options.delayMs });
    this.#timer ??= setTimeout(() => this.#release(), this.#options.delayMs);
  }

  close(): void {
    this.#queue.length = 0;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #release(): void {
    const nowMs = performance.now();
    let due = 0;
    for (; (this.#queue[due]?.dueMs ?? Infinity) <= nowMs; due++);
    const packets = this.#queue.splice(0, due);
    const [next] = this.#queue;
    this.#timer = next ? setTimeout(() => this.#release(), next.dueMs - nowMs) : null;
    for (const { packet, deliver } of packets) deliver(packet);
  }

  #isLost(packet: Buffer): boolean {
    const { lossRatio, recoverable, seed } = this.#options;
    if (lossRatio === 0 || packet.length < 12) return false;
    if (recoverable || isRtcp(packet)) return mix((this.#random += 0x9e3779b9)) < lossRatio;
    return mix(mixBits(packet.readUInt32BE(4) ^ seed) + this.#sequenceNumber(packet)) < lossRatio;
  }

  /** Its own or, sent again, the original one: with the time stamp it stands for the same packet each time. */
  #sequenceNumber(packet: Buffer): number {
    const isRepair = (packet.readUInt8(1) & 0x7f) === this.#repairPayloadType;
    const start = isRepair ? payloadStart(packet) : -1;
    return packet.readUInt16BE(start < 0 || start + 2 > packet.length ? 2 : start);
  }
}

/** @returns 0..1, evenly spread. */
function mix(value: number): number {
  return (mixBits(value) >>> 0) / 2 ** 32;
}

/** The end of MurmurHash3: every bit in changes half of those out. */
function mixBits(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
