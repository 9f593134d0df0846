// @ts-check
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDir, stateDir } from '../lib/paths.mjs'
import { prepareRuntime } from '../lib/runtime.mjs'
import { say } from '../lib/say.mjs'

/**
 * `npm run setup`: all the setup and nothing else. `--again` looks for Electron's release again,
 * `--tests` sees to what the tests need as well, `--forget` also deletes the shared cache first.
 * @param {string[]} args
 */
export async function main(args) {
  if (args.includes('--forget')) rmSync(cacheDir(), { recursive: true, force: true })
  if (args.includes('--again') || args.includes('--forget'))
    rmSync(join(stateDir, 'electron.json'), { force: true })
  const { version, source } = await prepareRuntime({ tests: args.includes('--tests') })
  say(`Ready: Electron ${version} (${source}), Node ${process.versions.node}.`)
  return 0
}
