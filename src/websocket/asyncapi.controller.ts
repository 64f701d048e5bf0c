import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Controller, Get, Header, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../auth/public.js';

const FILE = fileURLToPath(new URL('../../docs/asyncapi.json', import.meta.url));

/** Serves the machine-readable Socket.IO API, which is generated from protocol/ when it changes. */
@Public()
@ApiExcludeController()
@Controller('asyncapi.json')
export class AsyncApiController {
  @Get()
  @Header('Content-Type', 'application/json')
  get(): StreamableFile {
    return new StreamableFile(createReadStream(FILE));
  }
}
