// npm run check: types, lint, import rules, unused code and format. All run even when one fails.
import { runCommand } from './setup/errors.mjs';
import { setUp } from './setup/index.mjs';
import { packageFile, root } from './setup/paths.mjs';
import { capture } from './setup/processes.mjs';
import { duration } from './setup/steps.mjs';

const typescript = packageFile('typescript/bin/tsc');
const cruised = ['protocol', 'media-worker', 'src', 'sdk', 'web/src', 'loadtest', 'test'];
const cache = 'node_modules/.cache';

/** @type {{ name: string, commands: string[][] }[]} */
const checks = [
  {
    name: 'types',
    commands: [
      [typescript, '-b'],
      [typescript, '-p', 'scripts'],
    ],
  },
  {
    name: 'lint',
    commands: [
      [
        packageFile('eslint/bin/eslint.js'),
        '--cache',
        '--cache-location',
        `${cache}/eslint/`,
        '--max-warnings',
        '0',
        '.',
      ],
    ],
  },
  {
    name: 'import rules',
    commands: [[packageFile('dependency-cruiser/bin/dependency-cruiser.mjs'), '--output-type', 'err-long', ...cruised]],
  },
  { name: 'unused code', commands: [[packageFile('knip/bin/knip.js')]] },
  {
    name: 'format',
    commands: [
      [
        packageFile('prettier/bin/prettier.cjs'),
        '--check',
        '--cache',
        '--cache-location',
        `${cache}/prettier/check`,
        '.',
      ],
    ],
  },
];

await runCommand(async () => {
  const { node, env } = await setUp({ worker: false });
  const results = await Promise.all(
    checks.map(async ({ name, commands }) => {
      const startedAt = Date.now();
      let failed = false;
      let said = '';
      for (const command of commands) {
        const { code, output } = await capture(node, command, { cwd: root, env });
        failed ||= code !== 0;
        said += output;
      }
      return { name, failed, said, took: duration(Date.now() - startedAt) };
    }),
  );
  for (const { name, failed, said } of results) if (failed) console.log(`\n── ${name} ──\n${said.trimEnd()}`);
  console.log('');
  for (const { name, failed, took } of results)
    console.log(`  ${failed ? '✗' : '✓'} ${name.padEnd(14)}${failed ? 'failed' : 'ok    '}  ${took}`);
  return results.some(({ failed }) => failed) ? 1 : 0;
});
