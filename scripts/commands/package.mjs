// @ts-check
import { dirname, join } from 'node:path'
import { ensureBuilt } from '../lib/build.mjs'
import { root } from '../lib/paths.mjs'
import { runVisibly } from '../lib/run.mjs'
import { prepareRuntime } from '../lib/runtime.mjs'
import { say } from '../lib/say.mjs'

/** `npm run package [-- ARGS]`: the packaged app in dist/. @param {string[]} args for electron-builder */
export async function main(args) {
  const { electron, version, source } = await prepareRuntime()
  await ensureBuilt()
  const builder = join(root, 'node_modules', 'electron-builder', 'cli.js')
  const own = ['--publish', 'never', '-c.npmRebuild=false']
  if (source === 'registry') {
    say(`Packaging with Electron ${version} of the npm registry: for testing, never for users.`)
    own.push('--linux', 'dir', `-c.electronDist=${dirname(electron)}`, `-c.electronVersion=${version}`)
  }
  return runVisibly(process.execPath, [builder, ...own, ...args], { cwd: root })
}
