import { applyDecorators, UseFilters, UseInterceptors, UsePipes } from '@nestjs/common';
import { WebSocketGateway } from '@nestjs/websockets';
import { AckFilter } from './ack.filter.js';
import { AckInterceptor } from './ack.interceptor.js';
import { RequestPipe } from './request.pipe.js';

/** A part of the Socket.IO API. All parts share one server; every request is checked, and acknowledged whatever happens. */
export const RequestGateway = (): ClassDecorator =>
  applyDecorators(WebSocketGateway(), UseInterceptors(AckInterceptor), UseFilters(AckFilter), UsePipes(RequestPipe));
