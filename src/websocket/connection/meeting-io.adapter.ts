import type { Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import { AppConfig } from '../../common/config/index.js';
import { isAllowedOrigin } from './handshake-guard.js';

/** The largest message that is still answered with an error; a larger one ends the connection (engine.io). */
const MAX_READ_BYTES = 4 * 1024 * 1024;

/** Socket.IO as the meetings need it: quick to notice a dead peer, and closed to other origins' pages. */
export class MeetingIoAdapter extends IoAdapter {
  private readonly config: AppConfig;

  constructor(app: INestApplicationContext) {
    super(app);
    this.config = app.get(AppConfig);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    (this.httpServer as HttpServer).on('upgrade', (_request, socket) => writeOnceATurn(socket));
    return super.createIOServer(port, {
      ...options,
      serveClient: false,
      transports: ['websocket', 'polling'],
      maxHttpBufferSize: MAX_READ_BYTES,
      // A vanished client is noticed after 13 s at most, so that it is gone for others within 20 s even without a resume.
      pingInterval: 5_000,
      pingTimeout: 8_000,
      allowRequest: (request, decide) => {
        const allowed = isAllowedOrigin(request, this.config.allowedOrigins);
        decide(allowed ? null : 'This origin may not connect; add it to ALLOWED_ORIGINS.', allowed);
      },
    } as ServerOptions);
  }
}

/**
 * What one client is sent in one turn of the event loop goes to the system together: each write to a socket costs more than all
 * else that the server does for a notification (`cork` of https://nodejs.org/api/stream.html).
 */
function writeOnceATurn(socket: Duplex): void {
  const uncork = socket.uncork.bind(socket);
  socket.uncork = () => process.nextTick(uncork);
}
