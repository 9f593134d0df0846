// @ts-check
import { resolve } from 'node:path'
import { setupError } from '../lib/fail.mjs'
import { runPlaywright } from '../lib/runners.mjs'
import { prepareRuntime } from '../lib/runtime.mjs'

/** What narrows the sheets, each with the variable that hands it on: words with commas between them. */
const narrowing = {
  '--screens': 'GATEHOUSE_SHEET_SCREENS',
  '--widths': 'GATEHOUSE_SHEET_WIDTHS',
  '--looks': 'GATEHOUSE_SHEET_LOOKS',
  '--zooms': 'GATEHOUSE_SHEET_ZOOMS',
}

/** `npm run screenshots`: takes every screen anew into docs/screenshots (the tests tagged @screenshots).
 *  With `-- --sheets DIR` it draws contact sheets into DIR instead: every screen at 640 to 2560 px, light, dark and in
 *  forced colors, at 100, 150 and 200 %. `--screens`, `--widths`, `--looks` and `--zooms` take some of them alone.
 *  @param {string[]} args */
export async function main(args) {
  process.env.GATEHOUSE_SCREENSHOTS = '1'
  const rest = [...args]
  /** @param {string} name */
  const take = (name) => {
    const at = rest.indexOf(name)
    if (at < 0) return undefined
    const [, value] = rest.splice(at, 2)
    if (!value || value.startsWith('-')) throw setupError(`${name} wants a value.`, 'Write it after a space.')
    return value
  }
  const folder = take('--sheets')
  if (folder) process.env.GATEHOUSE_SHEETS = resolve(folder)
  for (const [name, variable] of Object.entries(narrowing)) {
    const value = take(name)
    if (value) process.env[variable] = value
  }
  const tag = folder ? '@sheets' : '@screenshots'
  return (await runPlaywright(['--grep', tag, ...rest], await prepareRuntime({ tests: true }))).code
}
