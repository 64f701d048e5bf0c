import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Where a program is on the PATH, if it is. */
export function findProgram(...names: string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface BrowserOptions {
  /** `fake` gives Chromium's moving test picture and beeps; `none` a machine without camera and microphone. */
  devices?: 'fake' | 'none';
  /** The person's answer when the page asks for devices. */
  permission?: 'granted' | 'refused';
  /** How many of each of Chromium's devices there are; 1 when absent. */
  deviceCount?: number;
  /** A WAV file that the microphone plays again and again, instead of beeps. */
  microphoneFile?: string;
  /** `no-udp`: as behind a firewall that lets no UDP through. */
  network?: 'open' | 'no-udp';
}

/** Starts the installed Chromium, with devices of its own making and nothing that talks to other hosts. */
export function launchBrowser({
  devices = 'fake',
  permission = 'granted',
  deviceCount = 1,
  microphoneFile,
  network = 'open',
}: BrowserOptions = {}): Promise<Browser> {
  const program = findProgram('chromium', 'chromium-browser', 'google-chrome');
  if (!program) throw new Error('No Chromium on the PATH; on Debian: apt-get install chromium');
  return chromium.launch({
    executablePath: atOrdinaryPriority(program),
    args: [
      // The pages of one browser are different people: all of them look at their page.
      '--disable-renderer-backgrounding',
      '--disable-backgrounding-occluded-windows',
      '--disable-background-timer-throttling',
      '--no-sandbox',
      '--disable-gpu',
      ...(devices === 'fake' ? [`--use-fake-device-for-media-stream=device-count=${deviceCount}`] : []),
      ...(microphoneFile ? [`--use-file-for-fake-audio-capture=${microphoneFile}`] : []),
      ...(permission === 'granted' ? ['--use-fake-ui-for-media-stream'] : ['--deny-permission-prompts']),
      ...(network === 'no-udp' ? ['--webrtc-ip-handling-policy=disable_non_proxied_udp'] : []),
      '--auto-select-desktop-capture-source=Entire screen',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
    ],
  });
}

/**
 * As root, Chromium raises its own priority and leaves the server on the same machine waiting, as no other computer's
 * browser could. @returns a program that starts it without the right to do so.
 */
function atOrdinaryPriority(program: string): string {
  const setpriv = findProgram('setpriv');
  if (process.getuid?.() !== 0 || !setpriv) return program;
  const launcher = join(mkdtempSync(join(tmpdir(), 'minimeet-chromium-')), 'chromium');
  writeFileSync(launcher, `#!/bin/sh\nexec ${setpriv} --bounding-set=-sys_nice -- ${program} "$@"\n`, { mode: 0o700 });
  process.once('exit', () => rmSync(dirname(launcher), { recursive: true, force: true }));
  return launcher;
}

/** The media that a page received and decoded, by its own WebRTC statistics (W3C webrtc-stats). */
export interface Received {
  framesDecoded: number;
  /** Joules-like measure of sound that was played out: grows with every sample that is not silence. */
  totalAudioEnergy: number;
  /** How long the longest of the streams has been played out, silence included. */
  secondsPlayed: number;
  packetsReceived: number;
}

/** Lets `received` look at every RTCPeerConnection that the page will make. Call it before the page loads. */
export async function watchPeerConnections(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const connections: RTCPeerConnection[] = [];
    Object.assign(window, { __connections: connections });
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        connections.push(this);
      }
    };
  });
}

/** Adds up all inbound streams of a kind. */
export async function received(page: Page, kind: 'audio' | 'video'): Promise<Received> {
  return page.evaluate(async (wanted) => {
    const connections = (window as Window & { __connections?: RTCPeerConnection[] }).__connections ?? [];
    const sums = { framesDecoded: 0, totalAudioEnergy: 0, secondsPlayed: 0, packetsReceived: 0 };
    for (const connection of connections) {
      if (connection.connectionState === 'closed') continue;
      for (const stats of (await connection.getStats()).values() as Iterable<RTCInboundRtpStreamStats>) {
        if (stats.type !== 'inbound-rtp' || stats.kind !== wanted) continue;
        sums.framesDecoded += stats.framesDecoded ?? 0;
        sums.totalAudioEnergy += stats.totalAudioEnergy ?? 0;
        sums.secondsPlayed = Math.max(sums.secondsPlayed, stats.totalSamplesDuration ?? 0);
        sums.packetsReceived += stats.packetsReceived ?? 0;
      }
    }
    return sums;
  }, kind);
}

/** A tile's picture now: how many frames were presented, and whether it is more than one colour. */
export interface Picture {
  frames: number;
  width: number;
  isPicture: boolean;
}

/** The picture in a person's tile, from the pixels of its video element; `undefined` without a video. */
export async function picture(page: Page, name: string, source = 'camera'): Promise<Picture | undefined> {
  const tile = page.locator(`[data-source="${source}"][aria-label*="${name}"] video`).first();
  if ((await tile.count()) === 0) return undefined;
  return tile.evaluate((element) => {
    const video = element as HTMLVideoElement;
    const canvas = document.createElement('canvas');
    canvas.width = 16;
    canvas.height = 16;
    const context = canvas.getContext('2d');
    context?.drawImage(video, 0, 0, 16, 16);
    const pixels = context?.getImageData(0, 0, 16, 16).data ?? [];
    const greens = new Set(Array.from(pixels).filter((_, i) => i % 4 === 1));
    return {
      frames: video.getVideoPlaybackQuality().totalVideoFrames,
      width: video.videoWidth,
      isPicture: greens.size > 2,
    };
  });
}
