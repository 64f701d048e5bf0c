import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

const FOLDER = fileURLToPath(new URL('../web/dist', import.meta.url));
const INDEX = path.join(FOLDER, 'index.html');
/** Paths that are the server's own. */
const NOT_THE_PAGE = /^\/(api|health|socket\.io)(\/|$)/;

/** What browsers take, the best first, and how such a file's name ends. */
const ENCODINGS = { br: '.br', gzip: '.gz' } as const;

/** Serves the built page: files by their name, the page itself for every path that is its own router's. */
export function servePage(app: NestExpressApplication): void {
  app.use('/assets', serveCompressed);
  app.useStaticAssets(FOLDER, {
    index: false,
    // Their names carry a hash of what is in them.
    setHeaders: (response: Response, file: string) =>
      response.setHeader(
        'Cache-Control',
        file.startsWith(path.join(FOLDER, 'assets')) ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  });
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !NOT_THE_PAGE.test(request.path);
    if (!isPage || !request.accepts('html') || path.extname(request.path) !== '') next();
    else if (existsSync(INDEX))
      response.sendFile(INDEX, { cacheControl: false, headers: { 'Cache-Control': 'no-cache' } });
    else
      response
        .status(503)
        .type('text/plain')
        .send('The page is not built yet: run `npm start`, which builds it. The API works.\n');
  });
}

/** The build has left Brotli and gzip beside what is worth it: whoever takes them gets them, under the same name and type. */
function serveCompressed(request: Request, response: Response, next: NextFunction): void {
  const accepted = request.acceptsEncodings(Object.keys(ENCODINGS));
  const encoding = accepted === 'br' || accepted === 'gzip' ? accepted : null;
  response.vary('Accept-Encoding');
  // Names of the build have no folders and no escapes; everything else goes the ordinary way.
  const name = /^\/[\w.-]+$/.exec(request.path)?.[0];
  if (encoding !== null && name) {
    const compressed = name + ENCODINGS[encoding];
    if (existsSync(path.join(FOLDER, 'assets', compressed))) {
      response.type(path.extname(name));
      response.setHeader('Content-Encoding', encoding);
      request.url = compressed;
    }
  }
  next();
}
