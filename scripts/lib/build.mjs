// @ts-check
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setupError } from './fail.mjs'
import { withLock } from './lock.mjs'
import { root, stateDir } from './paths.mjs'
import { run } from './run.mjs'
import { say } from './say.mjs'
import { hashFiles, readStamp, writeStamp } from './stamp.mjs'

const stampFile = join(stateDir, 'build.json')
const sources = [
  'src',
  'resources',
  'electron.vite.config.ts',
  'scripts/lib/bundled-modules.mjs',
  'scripts/lib/one-byte.mjs',
  'scripts/lib/playground-beside.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
]
const products = [
  'out/main/index.cjs',
  'out/main/playground.mjs',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'out/bundled/renderer.json',
]

/** electron-vite's command line. */
export const electronVite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')

/** Builds the app where its sources changed since the last build; answers whether it did. */
export async function ensureBuilt() {
  const isThere = () => products.every((path) => existsSync(join(root, path)))
  if (isThere() && readStamp(stampFile)?.sources === hashFiles(root, sources)) return false
  return withLock(join(stateDir, 'build.lock'), async () => {
    const hash = hashFiles(root, sources)
    if (isThere() && readStamp(stampFile)?.sources === hash) return false
    say('Building the app …')
    const started = performance.now()
    const { code, stdout, stderr } = await run(process.execPath, [electronVite, 'build'], { cwd: root })
    if (code !== 0) {
      const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-30)
      throw setupError(['the app could not be built:', ...said].join('\n    '), 'npx electron-vite build')
    }
    writeStamp(stampFile, { sources: hash })
    say(`  done in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    return true
  })
}
