// @ts-check
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { root } from '../lib/paths.mjs'
import { aliases } from '../lib/aliases.mjs'

/** Bundles the soak's programs, beside node_modules so that they find the native module; answers their folder. */
export async function buildSoak(name = `soak-${process.pid}`) {
  const folder = join(root, 'node_modules', '.cache', name)
  mkdirSync(folder, { recursive: true })
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: aliases },
    ssr: { noExternal: true, external: ['better-sqlite3', 'oidc-provider', 'fastify'] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rollupOptions: {
        input: {
          run: join(root, 'scripts', 'soak', 'run.ts'),
          worker: join(root, 'scripts', 'soak', 'worker.ts'),
          playground: join(root, 'src', 'playground', 'main.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
  return folder
}
