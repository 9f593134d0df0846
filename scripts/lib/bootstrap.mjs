// @ts-check
import { realpathSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ensureNodeModules, projectNode } from '../setup/node-modules.mjs'
import { setupError } from './fail.mjs'
import { root } from './paths.mjs'
import { runVisibly } from './run.mjs'

/** @param {string} version like 20.19.0 @returns {boolean} */
export function nodeIsOldEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 20 || (major === 20 && minor >= 19)
}

/**
 * Starts a command the same way on every machine: packages installed, run by the project's own Node.
 * Only Node's built-ins may be imported before this; the rest comes with `work`.
 * @param {() => Promise<{ main: () => Promise<number> }>} work imports what does the work
 * @returns {Promise<number>} exit code
 */
export async function bootstrap(work) {
  if (!nodeIsOldEnough(process.versions.node)) {
    throw setupError(`Node.js ${process.versions.node} is too old: 20.19 or later starts the setup.`, [
      'Install a current Node.js (nodejs.org, or: nvm install --lts), then run the same command again.',
    ])
  }
  await ensureNodeModules()
  if (realpathSync(process.execPath) !== realpathSync(projectNode)) {
    const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
    return runVisibly(projectNode, process.argv.slice(1), { env: { ...process.env, PATH: path } })
  }
  return (await work()).main()
}
