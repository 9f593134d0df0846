// @ts-check
import { runPlaywright } from '../lib/runners.mjs'
import { prepareRuntime } from '../lib/runtime.mjs'

/** `npm run screenshots`: takes every screen anew into docs/screenshots (the tests tagged @screenshots). @param {string[]} args */
export async function main(args) {
  process.env.GATEHOUSE_SCREENSHOTS = '1'
  return (await runPlaywright(['--grep', '@screenshots', ...args], await prepareRuntime({ tests: true })))
    .code
}
