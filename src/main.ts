import 'reflect-metadata';
import { loadConfig } from './common/config/index.js';
import { createApp } from './create-app.js';
import { startupProblem } from './startup-problem.js';

try {
  const config = loadConfig(process.env);
  const app = await createApp(config);
  app.enableShutdownHooks();
  await app.listen(config.port, config.host);
  endWithParent();
  process.stdout.write(`MiniMeet is ready on ${config.publicUrl ?? (await app.getUrl())}\n`);
} catch (error) {
  const problem = startupProblem(error);
  if (problem === undefined) throw error;
  process.stderr.write(`MiniMeet cannot start. ${problem}\n`);
  process.exit(1);
}

/** The command that started us holds the other end of a channel; when it is killed, nobody else ends the server. */
function endWithParent(): void {
  process.channel?.unref();
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
