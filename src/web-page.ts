import { existsSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import * as path from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import sirv from 'sirv';

const FOLDER = fileURLToPath(new URL('../web/dist', import.meta.url));
/** Paths that are the server's own. */
const NOT_THE_PAGE = /^\/(api|health|socket\.io)(\/|$)/;

/** Serves the built page: files by their name, the page itself for every path that is its own router's. */
export function servePage(app: NestExpressApplication, folder = FOLDER): void {
  // Looks at the folder once; beside a file lie its Brotli and gzip, which the build has made.
  const files = existsSync(path.join(folder, 'index.html'))
    ? sirv(folder, { brotli: true, gzip: true, etag: true, setHeaders: setCacheControl })
    : null;
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || NOT_THE_PAGE.test(request.path)) return next();
    const isRoute = path.extname(request.path) === '' && request.accepts('html') !== false;
    if (files) {
      if (isRoute) request.url = '/';
      // sirv fails on a range that ends before it begins; a server may ignore ranges (RFC 9110, section 14.2).
      delete request.headers.range;
      response.once('pipe', (file: Readable) => own(file, response));
      files(request, response, next);
    } else if (isRoute) {
      const sentence = 'The page is not built yet: run `npm start`, which builds it. The API works.\n';
      response.status(503).type('text/plain').send(sentence);
    } else {
      next();
    }
  });
}

/** sirv leaves the file that it sends to nobody: an error would end the process, and a lost client leave it open. */
function own(file: Readable, response: Response): void {
  file.once('error', () => response.destroy());
  response.once('close', () => file.destroy());
}

function setCacheControl(response: ServerResponse, pathname: string): void {
  // The names of assets carry a hash of what is in them.
  const isForEver = pathname.startsWith('/assets/');
  response.setHeader('Cache-Control', isForEver ? 'public, max-age=31536000, immutable' : 'no-cache');
}
