// @ts-check
import { checks, runChecks } from '../lib/checks.mjs'

/** `npm run check [-- NAME]`: types, lint, structure, unused code, formatting. @param {string[]} names all where none is given */
export async function main(names = []) {
  const chosen = checks.filter(
    ({ name }) => names.length === 0 || names.some((each) => name.startsWith(each)),
  )
  const failed = await runChecks(chosen, (name, ok, seconds, output) => {
    process.stdout.write(`${ok ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)\n${ok ? '' : `${output}\n`}`)
  })
  return failed > 0 ? 1 : 0
}
