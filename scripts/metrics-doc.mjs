// Writes docs/METRICS.md from the metrics that the server defines. `node scripts/metrics-doc.mjs` after changing one of them.
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-b', `${root}src`], { stdio: 'inherit' });
const { metricsDocument } = await import(`${root}dist/analytics/metrics/document.js`);
await writeFile(`${root}docs/METRICS.md`, metricsDocument());
