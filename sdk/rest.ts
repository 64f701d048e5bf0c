import type { Problem } from '@minimeet/protocol';
import { MiniMeetError } from './errors.js';

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export interface RestOptions {
  /** The server's origin; empty for the page's own. */
  url: string;
  /** Lifts the server's rate limits, when it was started with the same key. */
  loadTestKey?: string;
}

interface RestRequest {
  token?: string;
  /** Sent as JSON. */
  body?: object;
  /** Ends the request; it throws the signal's reason then. */
  signal?: AbortSignal;
}

export interface UploadOptions {
  fileName?: string;
  /** How much has left this machine, 0..1. Only browsers tell; elsewhere it is told once, at the end. */
  onProgress?: (ratio: number) => void;
  /** Ends the upload; it throws the signal's reason then. */
  signal?: AbortSignal;
}

export interface DownloadOptions {
  /** Ends the download; it throws the signal's reason then. */
  signal?: AbortSignal;
}

interface UploadRequest extends UploadOptions {
  method: 'POST' | 'PUT';
  route: string;
  file: Blob;
  token: string;
}

const TIMEOUT_MS = 15_000;

/** Requests to the REST API without any memory: no session, no second try. */
export class Rest {
  readonly #url: string;
  readonly #loadTestKey: string | undefined;

  constructor({ url, loadTestKey }: RestOptions) {
    this.#url = url;
    this.#loadTestKey = loadTestKey;
  }

  /** @returns the JSON or the CSV of the answer. @throws MiniMeetError */
  async send<Reply>(method: Method, route: string, request: RestRequest = {}): Promise<Reply> {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
    return this.#read(method, route, { ...request, signal }, request.signal, async (response) => {
      const text = await response.text();
      if (response.headers.get('content-type')?.startsWith('text/csv')) return text as Reply;
      return (text === '' ? undefined : JSON.parse(text)) as Reply;
    });
  }

  /** A file, however long it takes. @throws MiniMeetError */
  async download(route: string, token: string, { signal }: DownloadOptions = {}): Promise<Blob> {
    return this.#read('GET', route, { token, signal }, signal, (response) => response.blob());
  }

  /** One file as `multipart/form-data`, however long it takes. @throws MiniMeetError */
  async upload<Reply>({ method, route, file, token, fileName, onProgress, signal }: UploadRequest): Promise<Reply> {
    signal?.throwIfAborted();
    const form = new FormData();
    form.set('file', file, fileName ?? (file instanceof File ? file.name : 'file'));
    const request = { method, url: `${this.#url}/api/${route}`, headers: this.#headers(token), form, signal };
    const { status, statusText, isJson, text } = await (typeof XMLHttpRequest === 'undefined'
      ? fetchForm(request)
      : sendForm({ ...request, onProgress }));
    if (status < 200 || status > 299) throw errorOf({ status, statusText, isJson, text });
    if (typeof XMLHttpRequest === 'undefined') onProgress?.(1);
    return JSON.parse(text) as Reply;
  }

  /** The body is read inside, because a lost connection and a time-out may come with it. */
  async #read<Reply>(
    method: Method,
    route: string,
    { token, body, signal }: RestRequest,
    abort: AbortSignal | undefined,
    read: (response: Response) => Promise<Reply>,
  ): Promise<Reply> {
    const headers = this.#headers(token);
    if (body) headers['content-type'] = 'application/json';
    try {
      const response = await fetch(`${this.#url}/api/${route}`, {
        method,
        headers,
        body: body && JSON.stringify(body),
        signal,
      });
      if (response.ok) return await read(response);
      throw errorOf(await answerOf(response));
    } catch (error) {
      abort?.throwIfAborted();
      throw error instanceof MiniMeetError ? error : unreachable(error);
    }
  }

  #headers(token: string | undefined): Record<string, string> {
    const headers: Record<string, string> = {};
    if (token) headers.authorization = `Bearer ${token}`;
    if (this.#loadTestKey) headers['x-load-test-key'] = this.#loadTestKey;
    return headers;
  }
}

export function path(...segments: string[]): string {
  return segments.map(encodeURIComponent).join('/');
}

export function withQuery(route: string, query: object): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  return parameters.size > 0 ? `${route}?${parameters.toString()}` : route;
}

interface Answer {
  status: number;
  statusText: string;
  isJson: boolean;
  text: string;
}

interface FormRequest {
  method: 'POST' | 'PUT';
  url: string;
  headers: Record<string, string>;
  form: FormData;
  signal?: AbortSignal;
}

async function fetchForm({ method, url, headers, form, signal }: FormRequest): Promise<Answer> {
  try {
    return await answerOf(await fetch(url, { method, headers, body: form, signal }));
  } catch (error) {
    signal?.throwIfAborted();
    throw unreachable(error);
  }
}

/** `fetch` does not tell how much of a body has been sent. */
function sendForm({ method, url, headers, form, signal, onProgress }: FormRequest & UploadOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      if (lengthComputable) onProgress?.(loaded / total);
    };
    request.onload = () =>
      resolve({
        status: request.status,
        statusText: request.statusText,
        isJson: request.getResponseHeader('content-type')?.includes('json') ?? false,
        text: request.responseText,
      });
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(signal?.reason instanceof Error ? signal.reason : unreachable());
    const abort = () => request.abort();
    signal?.addEventListener('abort', abort, { once: true });
    request.onloadend = () => signal?.removeEventListener('abort', abort);
    request.send(form);
  });
}

async function answerOf(response: Response): Promise<Answer> {
  return {
    status: response.status,
    statusText: response.statusText,
    isJson: response.headers.get('content-type')?.includes('json') ?? false,
    text: await response.text(),
  };
}

/** Something between us and the server may answer in its place, without a problem document. */
function errorOf({ status, statusText, isJson, text }: Answer): MiniMeetError {
  if (isJson) {
    const problem = JSON.parse(text) as Problem;
    if (problem.code) return MiniMeetError.fromProblem(problem);
  }
  return new MiniMeetError('INTERNAL', `The server answered ${status} ${statusText}.`);
}

function unreachable(cause?: unknown): MiniMeetError {
  return new MiniMeetError('DISCONNECTED', 'The server cannot be reached.', { cause });
}
