// @ts-check
import { join } from 'node:path'
import { root } from './paths.mjs'
import { run } from './run.mjs'

const bin = (/** @type {string} */ path) => join(root, 'node_modules', path)
/** TypeScript 7 checks; 6 is for tools that read sources through its interface. */
const tsc = bin('typescript-native/bin/tsc')

/** What `npm run check` looks at, what takes longest first. @type {{ name: string, args: string[] }[]} */
export const checks = [
  {
    name: 'lint',
    args: [bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings', '--report-unused-disable-directives'],
  },
  { name: 'types: main', args: [tsc, '-p', 'tsconfig.node.json'] },
  { name: 'types: pages', args: [tsc, '-p', 'tsconfig.web.json'] },
  { name: 'types: core', args: [tsc, '-p', 'tsconfig.core.json'] },
  {
    name: 'structure',
    args: [bin('dependency-cruiser/bin/dependency-cruise.mjs'), 'src', '--config', '.dependency-cruiser.cjs'],
  },
  { name: 'sizes', args: [join(root, 'scripts/check/folder-sizes.mjs')] },
  { name: 'words', args: [join(root, 'scripts/check/given-up-words.mjs')] },
  { name: 'unused', args: [bin('knip/bin/knip.js')] },
  { name: 'formatting', args: [bin('oxfmt/bin/oxfmt'), '--check'] },
]

/**
 * Runs the checks, two at a time.
 * @param {{ name: string, args: string[] }[]} all
 * @param {(name: string, ok: boolean, seconds: number, output: string) => void} show
 * @returns {Promise<number>} how many failed
 */
export async function runChecks(all, show) {
  const waiting = [...all]
  let failed = 0
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const started = performance.now()
      const { code, stdout, stderr } = await run(process.execPath, check.args, { cwd: root })
      if (code !== 0) failed += 1
      show(check.name, code === 0, (performance.now() - started) / 1000, `${stdout}${stderr}`.trim())
    }
  }
  await Promise.all([worker(), worker()])
  return failed
}
