// Writes what documents say of requests and notifications, from the types in protocol/: docs/asyncapi.json (AsyncAPI 3.0) and the tables of
// docs/PROTOCOL.md. `node scripts/contract.mjs` after changing them.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const root = fileURLToPath(new URL('..', import.meta.url));
export const ASYNCAPI_FILE = `${root}docs/asyncapi.json`;
export const PROTOCOL_FILE = `${root}docs/PROTOCOL.md`;

/**
 * A JSON schema, as far as the tables need it.
 * @typedef {{ $ref?: string, type?: string, description?: string, properties?: Record<string, Schema>, required?: string[], items?: Schema }} Schema
 */

/** @returns {Record<string, Schema>} by the names of the types, in alphabetical order. */
function readSchemas() {
  const generator = createGenerator({
    // The declarations: the generator does not understand the types of the tables' values in the sources.
    path: `${root}protocol/dist/index.d.ts`,
    tsconfig: `${root}protocol/tsconfig.json`,
    skipTypeCheck: true,
    additionalProperties: false,
    encodeRefs: false,
  });
  // Each with all that it refers to, in alphabetical order.
  const definitions = ['Requests', 'Notifications', 'ErrorReply']
    .flatMap((type) => Object.entries(generator.createSchema(type).definitions ?? {}))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.parse(
    JSON.stringify(Object.fromEntries(definitions)).replaceAll('#/definitions/', '#/components/schemas/'),
  );
}

/** @returns the AsyncAPI document, formatted as it is committed. */
export function buildAsyncApi() {
  const schemas = readSchemas();
  const requests = Object.keys(schemas.Requests?.properties ?? {});
  const notifications = Object.keys(schemas.Notifications?.properties ?? {});
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
 * @param {string} text docs/PROTOCOL.md
 * @returns {string} with its tables as the types have them.
 */
export function withTables(text) {
  const schemas = readSchemas();
  const resolved = (/** @type {Schema | undefined} */ schema = {}) =>
    schemas[schema.$ref?.split('/').at(-1) ?? ''] ?? schema;
  const fields = (/** @type {Schema | undefined} */ schema) => Object.entries(resolved(schema).properties ?? {});
  /**
   * `{ id, paused? }`
   * @type {(schema?: Schema, deep?: boolean) => string} with `deep`, what a list holds too.
   */
  const shape = (schema, deep = false) => {
    const { required = [] } = resolved(schema);
    const names = fields(schema).map(([name, field]) => {
      const held = deep && fields(field.items).length > 0 ? `: [${shape(field.items)}]` : '';
      return `${name}${required.includes(name) ? '' : '?'}${held}`;
    });
    return names.length > 0 ? `{ ${names.join(', ')} }` : '{}';
  };
  const requests = fields(schemas.Requests).map(([name, { properties: { request, reply } = {} }]) => [
    `\`${name}\``,
    `\`${shape(request, true)}\``,
    `\`${shape(reply)}\``,
  ]);
  const notifications = fields(schemas.Notifications).map(([name, schema]) => [
    `\`${name}\``,
    `\`${shape(schema)}\``,
    schema.description ?? resolved(schema).description ?? '',
  ]);
  text = withTable(text, ['request', 'payload', 'reply'], requests);
  return withTable(text, ['notification', 'payload', ''], notifications);
}

/**
 * @param {string} text
 * @param {string[]} head of the table that is replaced, and by which it is found.
 * @param {string[][]} rows
 */
function withTable(text, head, rows) {
  const lines = text.split('\n');
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`.replaceAll('|  |', '| |');
  const from = lines.indexOf(line(head));
  if (from < 0) throw new Error(`docs/PROTOCOL.md has no table with the head ${line(head)}`);
  const end = lines.findIndex((one, index) => index > from && !one.startsWith('|'));
  const table = [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)];
  return [...lines.slice(0, from), ...table, ...lines.slice(end)].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-b', `${root}protocol`], {
    stdio: 'inherit',
  });
  writeFileSync(ASYNCAPI_FILE, buildAsyncApi());
  writeFileSync(PROTOCOL_FILE, withTables(readFileSync(PROTOCOL_FILE, 'utf8')));
}
