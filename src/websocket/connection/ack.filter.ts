import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { toErrorReply } from '../../common/errors/index.js';
import { reply } from './reply.js';

/** Turns every failure of a handler, its pipes and its guards into the ack of the request. */
@Catch()
export class AckFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    reply(host.getArgs(), { ok: false, error: toErrorReply(error) });
  }
}
