import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { VERSION } from './common/version.js';

/** The machine-readable REST API, as the controllers have it. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const description =
    'Accounts, rooms, history. Media and chat go over Socket.IO (`/api/asyncapi.json`). Every error is a problem document (RFC 9457).';
  const about = new DocumentBuilder()
    .setTitle('MiniMeet')
    .setDescription(description)
    .setVersion(VERSION)
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, about, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '').toLowerCase()}_${method}`,
  });
}
