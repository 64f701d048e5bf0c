// node scripts/prepare.mjs: makes everything ready without running anything, as for a container image.
import { runCommand } from './setup/errors.mjs';
import { setUp } from './setup/index.mjs';

await runCommand(async () => {
  await setUp({ build: ['server', 'page'] });
  return 0;
});
