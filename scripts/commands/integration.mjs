// @ts-check
import { runVitest } from '../lib/runners.mjs'
import { prepareRuntime } from '../lib/runtime.mjs'

/** `npm run integration [-- ARGS]`. @param {string[]} args for vitest */
export async function main(args) {
  await prepareRuntime()
  return (await runVitest('integration', args)).code
}
