// @ts-check
import { runPlaywright } from '../lib/runners.mjs'
import { prepareRuntime } from '../lib/runtime.mjs'

/**
 * `npm run e2e [-- ARGS]`, with a grep by tag for instance.
 * @param {string[]} args for playwright test
 */
export async function main(args) {
  return (await runPlaywright(args, await prepareRuntime({ tests: true }))).code
}
