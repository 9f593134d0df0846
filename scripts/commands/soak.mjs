// @ts-check
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/paths.mjs'
import { runVisibly } from '../lib/run.mjs'
import { prepareRuntime } from '../lib/runtime.mjs'

/** `npm run soak [-- --kills N --seed N --json]`: kills the storage process while it works. @param {string[]} args */
export async function main(args) {
  await prepareRuntime()
  const { buildSoak } = await import('../soak/build.mjs')
  const folder = await buildSoak()
  try {
    return await runVisibly(process.execPath, [join(folder, 'run.mjs'), ...args], { cwd: root })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
