import { ConsoleLogger, type LogLevel } from '@nestjs/common';

/** Contexts in which Nest logs its own wiring, which is of no interest to operators. */
const FRAMEWORK_CONTEXTS = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'WebSocketsController',
  'NestApplication',
]);

/** Writes lines for people on a terminal, and one JSON object a line elsewhere. */
export class AppLogger extends ConsoleLogger {
  constructor(logLevels: LogLevel[]) {
    const isTerminal = process.stdout.isTTY;
    super({ prefix: 'MiniMeet', json: !isTerminal, colors: isTerminal, compact: true, logLevels });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof context === 'string' && FRAMEWORK_CONTEXTS.has(context)) this.debug(message, ...rest);
    else super.log(message, ...rest);
  }
}
