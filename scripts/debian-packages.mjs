// node scripts/debian-packages.mjs NAME…: installs those of Debian's packages that are missing, as root, once no other
// package manager is at work.
import { installPackages, missingPackages } from './setup/apt.mjs';
import { runCommand } from './setup/errors.mjs';

await runCommand(async () => {
  const missing = await missingPackages(process.argv.slice(2));
  if (missing.length > 0) await installPackages(`Installing ${missing.join(' ')} (apt-get)`, missing);
  return 0;
});
