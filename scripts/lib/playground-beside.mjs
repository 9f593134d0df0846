// @ts-check
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { aliases } from './aliases.mjs'
import { listBundled } from './bundled-modules.mjs'
import { root } from './paths.mjs'

/**
 * Builds the playground beside the main process: a program of its own, and an ES module, since its provider is one, which
 * the oldest Node that it runs on cannot `require`.
 * @returns {import('vite').Plugin}
 */
export function playgroundBeside() {
  return {
    name: 'playground-beside',
    apply: 'build',
    async closeBundle() {
      const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
      await build({
        configFile: false,
        root,
        logLevel: 'error',
        resolve: { alias: aliases },
        plugins: [listBundled('playground')],
        ssr: { noExternal: true, external: Object.keys(dependencies) },
        build: {
          ssr: true,
          outDir: join(root, 'out', 'main'),
          emptyOutDir: false,
          target: 'node20',
          minify: false,
          rollupOptions: {
            input: { playground: join(root, 'src', 'playground', 'main.ts') },
            output: {
              format: 'es',
              entryFileNames: '[name].mjs',
              chunkFileNames: 'chunks/[name]-[hash].mjs',
            },
          },
        },
      })
    },
  }
}
