import { LIMITS } from '@minimeet/protocol';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import { AppModule } from './app.module.js';
import type { AppConfig } from './common/config/index.js';
import { endUnreadBodies, jsonOnly, ProblemFilter } from './common/http/index.js';
import { AppLogger } from './common/logging/app-logger.js';
import { PayloadPipe } from './common/validation/index.js';
import { createOpenApiDocument } from './openapi.js';
import { securityHeaders } from './security-headers.js';
import { servePage } from './web-page.js';
import { MeetingIoAdapter } from './websocket/connection/meeting-io.adapter.js';

/** The only requests whose body is a form: attachments and profile pictures. */
const UPLOADS = [/^POST \/api\/rooms\/[^/]+\/attachments\/?$/i, /^PUT \/api\/users\/me\/picture\/?$/i];

/** Longest time of one upload. */
const UPLOAD_MS = 60 * 60 * 1_000;

/** The whole server, not listening yet. */
export async function createApp(config: AppConfig): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config), {
    logger: new AppLogger(config.logLevels),
    abortOnError: false,
    bodyParser: false,
    // A browser's idle connections must not hold up the end of the process.
    forceCloseConnections: true,
  });
  app.useWebSocketAdapter(new MeetingIoAdapter(app));
  app.set('query parser', 'simple');
  const isHttps = config.publicUrl?.startsWith('https:') ?? false;
  app.use(securityHeaders({ isHttps }));
  app.use('/api/docs', securityHeaders({ isHttps, inlineStyles: true }));
  servePage(app);
  app.use(endUnreadBodies, jsonOnly(UPLOADS));
  app.useBodyParser('json', { limit: LIMITS.messageBytes, strict: true });
  // Node's 5 minutes are too short for a file over a slow line; `jsonOnly` and `receiveFile` end what stands still.
  app.getHttpServer().requestTimeout = UPLOAD_MS;
  app.setGlobalPrefix('api', { exclude: ['health/live', 'health/ready'] });
  app.useGlobalPipes(new PayloadPipe());
  app.useGlobalFilters(new ProblemFilter());
  SwaggerModule.setup('api/docs', app, () => createOpenApiDocument(app), { jsonDocumentUrl: 'api/openapi.json' });
  return app;
}
