import 'reflect-metadata';
import { ConfigError, loadConfig } from './common/config/index.js';
import { createApp } from './create-app.js';

/** Ends the process with one sentence. */
function refuse(sentence: string): never {
  process.stderr.write(`MiniMeet cannot start. ${sentence}\n`);
  process.exit(1);
}

try {
  const config = loadConfig(process.env);
  const app = await createApp(config);
  app.enableShutdownHooks();
  await app.listen(config.port, config.host);
  process.stdout.write(`MiniMeet is ready on ${config.publicUrl ?? (await app.getUrl())}\n`);
} catch (error) {
  if (error instanceof ConfigError) refuse(error.message);
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    refuse('PORT: another program listens on this port; set PORT to a free one.');
  }
  throw error;
}
