/** The little of busboy that is used here; its own package has no types. */
declare module 'busboy' {
  import type { IncomingHttpHeaders } from 'node:http';
  import type { Readable, Writable } from 'node:stream';

  interface BusboyOptions {
    headers: IncomingHttpHeaders;
    /** Of file names that do not say their own. */
    defParamCharset?: string;
    limits?: { fileSize?: number; files?: number; fields?: number; parts?: number; headerPairs?: number };
  }

  interface Busboy extends Writable {
    /** `name` and `filename` are absent when the part does not have them; a path is taken off the latter. */
    on(
      event: 'file',
      listener: (name: string | undefined, content: Readable, info: { filename: string | undefined }) => void,
    ): this;
    on(event: 'fieldsLimit' | 'filesLimit' | 'partsLimit', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
  }

  /** @throws Error when the headers are not those of a form. */
  export default function busboy(options: BusboyOptions): Busboy;
}
