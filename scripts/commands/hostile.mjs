// @ts-check
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/paths.mjs'
import { runVisibly } from '../lib/run.mjs'
import { prepareRuntime } from '../lib/runtime.mjs'

/** `npm run hostile [-- --calls N --seed N --json]`: attacks that take longer than a test. @param {string[]} args */
export async function main(args) {
  await prepareRuntime()
  const { buildHostile } = await import('../hostile/build.mjs')
  const folder = await buildHostile()
  try {
    return await runVisibly(process.execPath, [join(folder, 'run.mjs'), ...args], { cwd: root })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
