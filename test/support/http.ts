import { randomUUID } from 'node:crypto';
import type { Problem, Session } from '@minimeet/protocol';

/** The answer to a REST request. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed JSON; the text itself when it is none. */
  body: unknown;
}

export interface RequestOptions {
  token?: string | undefined;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  raw?: string;
  headers?: Record<string, string>;
}

/** One REST request, as any program would send it; `path` starts with a slash. */
export async function send(
  origin: string,
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<Answer> {
  const { token, body, raw, headers } = options;
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: {
      ...(text !== undefined && { 'Content-Type': 'application/json' }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(text !== undefined && { body: text }),
  });
  const reply = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(reply) };
}

/** The body of an answer that has to be a success. */
export async function expectOk<Body>(answer: Promise<Answer>): Promise<Body> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body as Body;
}

/** The problem document of an answer that has to be a failure. */
export function problemOf({ status, headers, body }: Answer): Problem {
  const problem = body as Problem;
  if (
    status < 400 ||
    !headers.get('content-type')?.startsWith('application/problem+json') ||
    problem.status !== status
  ) {
    throw new Error(`No problem document: ${status} ${JSON.stringify(body)}`);
  }
  return problem;
}

/** An account that nobody else has. */
export function newAccount(displayName = 'Ann') {
  return { email: `${randomUUID()}@example.org`, password: 'correct horse battery', displayName };
}

export function register(origin: string, displayName?: string): Promise<Session> {
  return expectOk<Session>(send(origin, 'POST', '/api/auth/register', { body: newAccount(displayName) }));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
