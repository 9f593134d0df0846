import { defineConfig } from 'electron-vite'
import react from '@vitejs/plugin-react'
import { aliases } from './scripts/lib/aliases.mjs'
import { listBundled } from './scripts/lib/bundled-modules.mjs'
import { oneByteText } from './scripts/lib/one-byte.mjs'
import { playgroundBeside } from './scripts/lib/playground-beside.mjs'

// Everything in `dependencies` stays outside the bundles (native code, and the playground's servers);
// everything in `devDependencies` is bundled, which cuts the start by more than half (docs/measured).
export default defineConfig({
  main: {
    plugins: [listBundled('main'), oneByteText(), playgroundBeside()],
    resolve: { alias: aliases },
    build: {
      target: 'node20',
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          storage: 'src/node/sqlite/heavy-worker.ts',
          bodies: 'src/node/bodies/body-worker.ts',
          checks: 'src/node/checks/judge-worker.ts',
          looks: 'src/node/collections/look/look-worker.ts',
          identities: 'src/node/crypto/identity/identity-worker.ts',
        },
        // The first picture waits for `index` and what it loads. A CommonJS chunk is there at once; an ES module takes a
        // few turns of the loop for each chunk, which are slow while the window opens.
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: 'chunks/[name]-[hash].cjs',
          // Without comments and blanks, which stay in memory as well; the names in stacks stay as they are.
          minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  },
  preload: {
    plugins: [listBundled('preload')],
    resolve: { alias: aliases },
    build: {
      target: 'node20',
      rollupOptions: {
        input: { index: 'src/preload/index.ts' },
        // A sandboxed preload cannot be an ES module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    resolve: { alias: aliases },
    plugins: [react(), listBundled('renderer'), oneByteText()],
    build: {
      target: 'chrome130',
      minify: true,
      modulePreload: { polyfill: false },
      // Fonts and icons stay files: the page's CSP allows no data: sources.
      assetsInlineLimit: 0,
      rollupOptions: {
        input: { index: 'src/renderer/index.html' },
        // All that the first picture needs is one file. What it shares with the rooms would be a dozen of small ones, each
        // asked for and answered on the main thread while the window waits.
        output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
      },
    },
  },
})
