// Writes docs/asyncapi.json (AsyncAPI 3.0) from the types in protocol/. `node scripts/asyncapi.mjs` after changing them.
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const root = fileURLToPath(new URL('..', import.meta.url));
export const ASYNCAPI_FILE = `${root}docs/asyncapi.json`;

/** @returns the AsyncAPI document, formatted as it is committed. */
export function buildAsyncApi() {
  const generator = createGenerator({
    path: `${root}protocol/index.ts`,
    tsconfig: `${root}protocol/tsconfig.json`,
    type: '*',
    skipTypeCheck: true,
    additionalProperties: false,
    encodeRefs: false,
  });
  const { definitions = {} } = generator.createSchema('*');
  const schemas = JSON.parse(
    JSON.stringify(pick(definitions, ['Requests', 'Notifications', 'ErrorReply'])).replaceAll(
      '#/definitions/',
      '#/components/schemas/',
    ),
  );
  const requests = Object.keys(schemas.Requests.properties);
  const notifications = Object.keys(schemas.Notifications.properties);
  const refTo = (/** @type {string} */ table, /** @type {string[]} */ ...path) => ({
    $ref: ['#/components/schemas', table, 'properties', ...path].join('/'),
  });

  const document = {
    asyncapi: '3.0.0',
    info: {
      title: 'MiniMeet Socket.IO API',
      version: /PROTOCOL_VERSION = '([^']+)'/.exec(readFileSync(`${root}protocol/version.ts`, 'utf8'))?.[1],
      description:
        'Socket.IO events. Every request is acknowledged with `{ ok: true, data }` or `{ ok: false, error }`. docs/PROTOCOL.md explains it.',
    },
    defaultContentType: 'application/json',
    servers: { local: { host: '127.0.0.1:3000', protocol: 'ws', pathname: '/socket.io/' } },
    channels: {
      requests: {
        description: 'Client to server.',
        messages: Object.fromEntries(
          requests.flatMap((name) => [
            [name, { name, payload: refTo('Requests', name, 'properties', 'request') }],
            [`${name}_ack`, { name: `${name}_ack`, payload: ackOf(refTo('Requests', name, 'properties', 'reply')) }],
          ]),
        ),
      },
      notifications: {
        description: 'Server to client. Only `consumers_opened` wants an acknowledgement, which is empty.',
        messages: Object.fromEntries(
          notifications.map((name) => [name, { name, payload: refTo('Notifications', name) }]),
        ),
      },
    },
    operations: {
      ...Object.fromEntries(
        requests.map((name) => [
          name,
          {
            action: 'receive',
            channel: { $ref: '#/channels/requests' },
            messages: [{ $ref: `#/channels/requests/messages/${name}` }],
            reply: {
              channel: { $ref: '#/channels/requests' },
              messages: [{ $ref: `#/channels/requests/messages/${name}_ack` }],
            },
          },
        ]),
      ),
      ...Object.fromEntries(
        notifications.map((name) => [
          `notify_${name}`,
          {
            action: 'send',
            channel: { $ref: '#/channels/notifications' },
            messages: [{ $ref: `#/channels/notifications/messages/${name}` }],
          },
        ]),
      ),
    },
    components: { schemas },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** @param {object} data the schema of the reply */
function ackOf(data) {
  const ok = (/** @type {boolean} */ value, /** @type {object} */ properties, /** @type {string[]} */ required) => ({
    type: 'object',
    properties: { ok: { const: value }, ...properties },
    required: ['ok', ...required],
  });
  return {
    oneOf: [ok(true, { data }, ['data']), ok(false, { error: { $ref: '#/components/schemas/ErrorReply' } }, ['error'])],
  };
}

/**
 * The named definitions and all that they refer to, in alphabetical order.
 * @param {Record<string, unknown>} definitions
 * @param {string[]} names
 */
function pick(definitions, names) {
  /** @type {Set<string>} */
  const picked = new Set();
  const visit = (/** @type {string} */ name) => {
    if (picked.has(name)) return;
    picked.add(name);
    for (const [, next = ''] of JSON.stringify(definitions[name]).matchAll(/"#\/definitions\/([^"]+)"/g)) visit(next);
  };
  names.forEach(visit);
  return Object.fromEntries([...picked].sort().map((name) => [name, definitions[name]]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(ASYNCAPI_FILE, buildAsyncApi());
