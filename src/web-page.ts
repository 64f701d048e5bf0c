import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

const FOLDER = fileURLToPath(new URL('../web/dist', import.meta.url));
const INDEX = path.join(FOLDER, 'index.html');
/** Paths that are the server's own. */
const NOT_THE_PAGE = /^\/(api|health|socket\.io)(\/|$)/;

/** Serves the built page: files by their name, the page itself for every path that is its own router's. */
export function servePage(app: NestExpressApplication): void {
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
