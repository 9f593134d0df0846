// @ts-check
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/paths.mjs'
import { runVisibly } from '../lib/run.mjs'
import { prepareRuntime } from '../lib/runtime.mjs'

/**
 * `npm run hostile [-- --calls N --seed N --json]`: attacks that take longer than a test. `-- --vectors [FOLDER]`: public
 * test vectors, `-- --tokens [N] [SEED]`: 1,000,000 changed tokens, both by the crypto of Electron. `-- --checkouts [N] [SEED]`: 1,000 steps of a script that
 * changes a collection under the open app.
 * @param {string[]} args
 */
export async function main(args) {
  const { electron } = await prepareRuntime()
  if (args[0] === '--vectors')
    return runOwn(electron, 'vectors', [args[1] ?? join(root, '../shared/vectors')])
  if (args[0] === '--tokens') return runOwn(electron, 'tokens', args.slice(1))
  if (args[0] === '--checkouts') return changeOutside(args.slice(1))
  const { buildHostile } = await import('../hostile/build.mjs')
  const folder = await buildHostile()
  try {
    return await runVisibly(process.execPath, [join(folder, 'run.mjs'), ...args], { cwd: root })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string[]} args */
async function changeOutside([steps = '1000', seed]) {
  process.env['GATEHOUSE_CHECKOUTS'] = steps
  if (seed !== undefined) process.env['GATEHOUSE_CHECKOUTS_SEED'] = seed
  const { runVitest } = await import('../lib/runners.mjs')
  return (await runVitest('integration', ['collections-open-app'])).code
}

/** @param {string} electron @param {'vectors' | 'tokens'} what @param {string[]} args */
async function runOwn(electron, what, args) {
  const { buildOwn } = await import('../hostile/build.mjs')
  const folder = await buildOwn(what)
  try {
    // Without a window it has the crypto of the app's main process all the same: BoringSSL.
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
    return await runVisibly(electron, [join(folder, 'run.mjs'), ...args], { cwd: root, env })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
