// @ts-check
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { aliases } from './aliases.mjs'
import { root } from './paths.mjs'

/**
 * Bundles programs that use the core outside the app, beside node_modules so that they find the native module.
 * @param {string} name of the folder that they are written to
 * @param {Record<string, string>} programs file below the checkout, by the name of what is made of it
 * @param {Record<string, string>} [standIns] file that is taken in the place of a package, by its name
 * @returns {Promise<string>} the folder; each program is in it as NAME.mjs
 */
export async function buildProgram(name, programs, standIns = {}) {
  const folder = join(root, 'node_modules', '.cache', name)
  mkdirSync(folder, { recursive: true })
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: { ...aliases, ...standIns } },
    ssr: {
      noExternal: true,
      external: ['better-sqlite3', 'oidc-provider', 'fastify', '@fastify/swagger', '@fastify/rate-limit'],
    },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rollupOptions: {
        input: Object.fromEntries(Object.entries(programs).map(([key, file]) => [key, join(root, file)])),
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  })
  return folder
}
