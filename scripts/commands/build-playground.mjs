// @ts-check
import http from 'node:http'
import { cpSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { root } from '../lib/paths.mjs'
import { say } from '../lib/say.mjs'

const folder = join(root, 'dist', 'playground')
const fonts = [
  '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
]

/**
 * `npm run build-playground`: the playground as one file for Node 24, with its fonts beside it, in dist/playground.
 * Names of classes are kept: oidc-provider finds what belongs to a model by them.
 */
export async function main() {
  const started = performance.now()
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [lateModules()],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      copyPublicDir: false,
      rollupOptions: {
        input: { playground: join(root, 'src', 'playground', 'standalone.ts') },
        output: { entryFileNames: '[name].mjs', codeSplitting: false, keepNames: true },
      },
    },
  })
  mkdirSync(join(folder, 'fonts'), { recursive: true })
  for (const font of fonts)
    cpSync(join(root, 'node_modules', font), join(folder, 'fonts', font.split('/').at(-1) ?? ''))
  const kilobytes = Math.round(statSync(join(folder, 'playground.mjs')).size / 1024)
  say(
    `dist/playground/playground.mjs: ${kilobytes} KB in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  )
  return 0
}

/** What the playground and its libraries call of modules that it needs for https alone. @type {Record<string, string[]>} */
const onlyForTls = {
  'node:https': ['createServer', 'request'],
  'node:http2': ['createServer', 'createSecureServer'],
  'node:tls': ['createSecureContext'],
}

/**
 * Loads less of Node at the start. `import` of node:http asks for all that it exports, also for its WebSocket, which loads
 * a whole client: taken as a value it is not asked for. What is for https alone is loaded when it is called.
 * @returns {import('vite').Plugin}
 */
function lateModules() {
  const mark = '\0late:'
  const names = Object.entries(Object.getOwnPropertyDescriptors(http)).flatMap(([name, { value }]) =>
    value === undefined ? [] : [name],
  )
  const plain = `const http = process.getBuiltinModule('node:http')
    export default http
    export const { ${names.join(', ')} } = http`
  return {
    name: 'late-modules',
    enforce: 'pre',
    resolveId: (wanted) => {
      const name = wanted.startsWith('node:') ? wanted : `node:${wanted}`
      return name === 'node:http' || Object.hasOwn(onlyForTls, name) ? mark + name : undefined
    },
    load: (id) => {
      if (!id.startsWith(mark)) return undefined
      const name = id.slice(mark.length)
      if (name === 'node:http') return plain
      return (onlyForTls[name] ?? [])
        .map(
          (each) =>
            `export const ${each} = (...given) => process.getBuiltinModule('${name}').${each}(...given)`,
        )
        .join('\n')
    },
  }
}
