// @ts-check
import { join } from 'node:path'
import { buildProgram } from '../lib/build-program.mjs'
import { root } from '../lib/paths.mjs'
import { runVisibly } from '../lib/run.mjs'
import { prepareRuntime } from '../lib/runtime.mjs'

/** `npm run headless -- --issuer URL --client-id ID --url URL`: the core without Electron. @param {string[]} args */
export async function main(args) {
  await prepareRuntime()
  const folder = await buildProgram('gatehouse-headless', { headless: 'scripts/headless/main.ts' })
  return runVisibly(process.execPath, [join(folder, 'headless.mjs'), ...args], { cwd: root })
}
