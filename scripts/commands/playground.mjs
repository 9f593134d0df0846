// @ts-check
import { join } from 'node:path'
import { ensureBuilt } from '../lib/build.mjs'
import { root } from '../lib/paths.mjs'
import { runVisibly } from '../lib/run.mjs'
import { prepareRuntime } from '../lib/runtime.mjs'

/** `npm run playground [-- ARGS]`: the provider and the protected API without the app. @param {string[]} args */
export async function main(args) {
  await prepareRuntime()
  await ensureBuilt()
  return runVisibly(process.execPath, [join(root, 'out', 'main', 'playground.mjs'), ...args], { cwd: root })
}
