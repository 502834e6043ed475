import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { compressed } from './build/compressed.ts';
import { parsedTexts } from './build/texts.ts';

const SERVER = process.env.PAYDIRT_SERVER ?? 'http://127.0.0.1:7878';

export default defineConfig({
  base: './',
  plugins: [react(), parsedTexts(), compressed()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    sourcemap: false,
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1400,
    // The package names one of its files as having side effects; it has none but its exports. Named
    // so, it would be in the first load, though only windows above the page use it.
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: /react-remove-scroll/, sideEffects: false }] },
    },
  },
  server: { proxy: { '/api': SERVER, '/healthz': SERVER } },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test-setup.ts'],
    restoreMocks: true,
  },
});
