import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Chromium 110 is the oldest engine of the office browsers still met (Kylin, UOS). */
const oldest = 'chrome110'

/** `vite build` leaves `dist/console`; `vite` alone serves with hot reload before a running server (see scripts/dev.ts). */
export default defineConfig({
  root: here('.'),
  cacheDir: here('../.cache/vite'),
  plugins: [react()],
  build: {
    outDir: here('../dist/console'),
    emptyOutDir: true,
    target: oldest,
    manifest: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    reportCompressedSize: false,
    rolldownOptions: {
      // our modules only export; so what the shell does not use stays out of the first load, however it is re-exported
      treeshake: { moduleSideEffects: (id) => !/\/console\/src\/(kit|patterns|rooms)\/.*\.tsx?$/.test(id) },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(
      ['/api', '/sign-in', '/report', '/healthz'].map((path) => [
        path,
        process.env['DATONG_DEV_SERVER'] ?? 'http://127.0.0.1:7080',
      ]),
    ),
  },
})
