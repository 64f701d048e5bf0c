import type { ReplyOf, RequestName, RequestOf } from '@minimeet/protocol';
import { applyDecorators, type Type, UseFilters, UseInterceptors, UsePipes } from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { AckFilter } from './ack.filter.js';
import { AckInterceptor } from './ack.interceptor.js';
import type { MeetingSocket } from './meeting-socket.js';
import type { PerSocket } from './per-socket.js';
import { RequestPipe } from './request.pipe.js';

interface Answer {
  name: RequestName;
  method: string;
  /** The class by which the request is checked. */
  dto: object;
}

const answers = new Map<object, Answer[]>();

/** Marks the method of a session that answers a request. Its one parameter is the request's DTO, which checks it. */
export function Answers<Name extends RequestName>(name: Name) {
  return <Request extends RequestOf<Name>, Reply extends ReplyOf<Name> | Promise<ReplyOf<Name>>>(
    prototype: object,
    method: string,
    _descriptor: TypedPropertyDescriptor<(request: Request) => Reply>,
  ): void => {
    const [dto] = Reflect.getMetadata('design:paramtypes', prototype, method) as [object];
    answers.set(prototype, [...(answers.get(prototype) ?? []), { name, method, dto }]);
  };
}

/**
 * A part of the Socket.IO API: hands each request that a session `Answers` to the session of its connection. All parts
 * share one server; every request is checked, and acknowledged whatever happens.
 */
export function requestGateway<Session extends object>(Session: Type<Session>, sessions: PerSocket<Session>): Type {
  class Gateway {}
  // Nest tells handlers apart by the names of their class and method.
  Object.defineProperty(Gateway, 'name', { value: `${Session.name}Gateway` });
  for (const { name, method, dto } of answers.get(Session.prototype as object) ?? []) {
    const handler = (socket: MeetingSocket, request: unknown): unknown => {
      const session = sessions.of(socket);
      return (Reflect.get(session, method) as (request: unknown) => unknown).call(session, request);
    };
    const descriptor = { value: handler, configurable: true };
    Object.defineProperty(Gateway.prototype, method, descriptor);
    ConnectedSocket()(Gateway.prototype, method, 0);
    MessageBody()(Gateway.prototype, method, 1);
    Reflect.defineMetadata('design:paramtypes', [Object, dto], Gateway.prototype, method);
    SubscribeMessage(name)(Gateway.prototype, method, descriptor);
  }
  const decorate = applyDecorators(
    WebSocketGateway(),
    UseInterceptors(AckInterceptor),
    UseFilters(AckFilter),
    UsePipes(RequestPipe),
  );
  decorate(Gateway);
  return Gateway;
}
