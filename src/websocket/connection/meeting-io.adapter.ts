import type { Server as HttpServer } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server } from 'socket.io';
import { AppConfig } from '../../common/config/index.js';
import { isAllowedOrigin } from './handshake-guard.js';
import { MeetingIo } from './meeting-io.js';
import { writeOnceATurn } from './one-write-a-turn.js';

/** The largest message that is still answered with an error; a larger one ends the connection (engine.io). */
const MAX_READ_BYTES = 4 * 1024 * 1024;

/** Socket.IO as the meetings need it: quick to notice a dead peer, and closed to other origins' pages. */
export class MeetingIoAdapter extends IoAdapter {
  private readonly config: AppConfig;
  private readonly io: MeetingIo;

  constructor(app: INestApplicationContext) {
    super(app);
    this.config = app.get(AppConfig);
    this.io = app.get(MeetingIo);
  }

  override createIOServer(): Server {
    const http = this.httpServer as HttpServer;
    http.on('upgrade', (_request, socket) => writeOnceATurn(socket));
    return this.io.attach(http, {
      transports: ['websocket', 'polling'],
      maxHttpBufferSize: MAX_READ_BYTES,
      // A vanished client is noticed within 13 s, so that it is gone for others within 20 s even without a resume.
      pingInterval: 5_000,
      pingTimeout: 8_000,
      allowRequest: (request, decide) => {
        const allowed = isAllowedOrigin(request, this.config.allowedOrigins);
        decide(allowed ? null : 'This origin may not connect; add it to ALLOWED_ORIGINS.', allowed);
      },
    });
  }
}
