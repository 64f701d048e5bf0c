import type { IncomingMessage } from 'node:http';
import { isCompatibleVersion, PROTOCOL_VERSION } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import type { ExtendedError } from 'socket.io';
import { AuthService } from '../../auth/auth.service.js';
import { LoadTestKey } from '../../auth/load-test-key.js';
import { AppError, toErrorReply } from '../../common/errors/index.js';
import { clientName } from './client-name.js';
import type { MeetingSocket } from './meeting-socket.js';

/** Decides who may connect before any connection exists, by protocol version, access token and load-test key. */
@Injectable()
export class HandshakeGuard {
  constructor(
    private readonly auth: AuthService,
    private readonly loadTestKey: LoadTestKey,
  ) {}

  /** A Socket.IO middleware. A refused client gets `connect_error` with the protocol's error as its `data`. */
  readonly middleware = (socket: MeetingSocket, next: (error?: ExtendedError) => void): void => {
    this.admit(socket).then(
      () => next(),
      (error: unknown) => {
        const data = toErrorReply(error);
        next(Object.assign(new Error(data.message), { data }));
      },
    );
  };

  private async admit(socket: MeetingSocket): Promise<void> {
    const { auth, headers } = socket.handshake;
    const { token, protocolVersion = PROTOCOL_VERSION, client, loadTestKey } = auth as Record<string, unknown>;
    if (typeof protocolVersion !== 'string' || !isCompatibleVersion(protocolVersion)) {
      throw new AppError('UNSUPPORTED_VERSION', `This server speaks version ${PROTOCOL_VERSION} of the protocol.`);
    }
    if (typeof token !== 'string') {
      throw new AppError(
        'UNAUTHENTICATED',
        'Connect with an access token in the handshake: io(url, { auth: { token } }).',
      );
    }
    socket.data.client = clientName(client, headers['user-agent']);
    socket.data.isLoadTest = this.loadTestKey.admits(loadTestKey);
    socket.data.identity = await this.auth.authenticate(token);
  }
}

/**
 * Whether a page may connect (RFC 6455, section 10.2): one that this server served, or one of the allowed origins.
 * Programs that are not browsers send no Origin and need only a token.
 */
export function isAllowedOrigin({ headers }: IncomingMessage, allowedOrigins: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  return allowedOrigins.includes(origin) || (URL.canParse(origin) && new URL(origin).host === host);
}
