import { defineConfig } from 'vite';

/** Serves the example, and passes its REST and Socket.IO calls on to a running MiniMeet. */
const server = process.env.MINIMEET_SERVER ?? 'http://127.0.0.1:3000';

export default defineConfig({
  resolve: { conditions: ['minimeet-source', 'module', 'browser', 'development|production'] },
  server: { proxy: { '/api': server, '/socket.io': { target: server, ws: true } } },
});
