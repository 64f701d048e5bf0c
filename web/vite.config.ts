import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const server = process.env.MINIMEET_SERVER ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root,
  plugins: [react()],
  // The SDK and the protocol are compiled from their TypeScript sources, so the page never lags behind them.
  resolve: { conditions: ['minimeet-source', 'module', 'browser', 'development|production'] },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    // Browsers that know light-dark(), which the colours are written in.
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    rolldownOptions: {
      // The SDK's modules do nothing when loaded: what the sign-in page does not use stays in the meeting's chunk.
      treeshake: { moduleSideEffects: (id) => !/\/(sdk|protocol)\/[^/]+\.ts$/.test(id) },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: {
      '/api': { target: server, changeOrigin: true },
      '/socket.io': { target: server, ws: true, changeOrigin: true },
    },
  },
});
