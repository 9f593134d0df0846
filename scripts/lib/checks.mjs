// @ts-check
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, stateDir } from './paths.mjs'
import { run } from './run.mjs'
import { hashFiles, readStamp, writeStamp } from './stamp.mjs'

const bin = (/** @type {string} */ path) => join(root, 'node_modules', path)
/** Of its own: Prettier without a cache deletes the usual one. */
const prettierCache = join(root, 'node_modules', '.cache', 'prettier', 'check.json')
/** A checkout or a merge gives files new times; what is in them counts. */
const byContent = ['--cache-strategy', 'content']
const eslintCache = join(root, 'node_modules', '.cache', 'eslint', '/')

const lintStamp = join(stateDir, 'lint.json')
const lintSources = ['src', 'scripts', 'tests', 'eslint.config.js', 'package-lock.json', 'tsconfig.base.json']

/** Forgets what lint found where anything has changed since: what it says of one file depends on the types of others. */
export function forgetStaleLint() {
  const sources = hashFiles(root, lintSources)
  if (readStamp(lintStamp)?.sources === sources) return
  rmSync(eslintCache, { recursive: true, force: true })
  writeStamp(lintStamp, { sources })
}

/** What `npm run check` looks at, in the order in which it is shown. @type {{ name: string, args: string[] }[]} */
export const checks = [
  { name: 'types: main', args: [bin('typescript/bin/tsc'), '-p', 'tsconfig.node.json'] },
  { name: 'types: core', args: [bin('typescript/bin/tsc'), '-p', 'tsconfig.core.json'] },
  { name: 'types: pages', args: [bin('typescript/bin/tsc'), '-p', 'tsconfig.web.json'] },
  {
    name: 'lint',
    args: [
      bin('eslint/bin/eslint.js'),
      '.',
      '--cache',
      ...byContent,
      '--cache-location',
      eslintCache,
      '--max-warnings=0',
    ],
  },
  {
    name: 'structure',
    args: [bin('dependency-cruiser/bin/dependency-cruise.mjs'), 'src', '--config', '.dependency-cruiser.cjs'],
  },
  { name: 'sizes', args: [join(root, 'scripts/check/folder-sizes.mjs')] },
  { name: 'words', args: [join(root, 'scripts/check/given-up-words.mjs')] },
  { name: 'unused', args: [bin('knip/bin/knip.js')] },
  {
    name: 'formatting',
    args: [
      bin('prettier/bin/prettier.cjs'),
      '--check',
      '--cache',
      ...byContent,
      '--cache-location',
      prettierCache,
      '--log-level=warn',
      '.',
    ],
  },
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
