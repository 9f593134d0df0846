// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, matchesGlob, resolve } from 'node:path'

/** Left out: they take their time, and judge it too, which a file full of possible faults would only spoil. */
const left = ['tests/unit/core/linear.test.ts']
const searched = ['tests/unit/{core,main}/**/*.test.ts', 'tests/contract/*.test.ts']

/** Short names of two folders, as `scripts/lib/aliases.mjs` has them, in the copy that is tested. */
const shorts = { '@contract/': 'src/core/contract/', '@calls/': 'src/preload/calls/' }

/** @param {string} root @param {string[]} further beside the units @returns {string[]} */
export function findTests(root, further) {
  const wanted = [...searched, ...further]
  return readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
    .map((file) => `tests/${file.replaceAll('\\', '/')}`)
    .filter((file) => wanted.some((glob) => matchesGlob(file, glob)) && !left.includes(file))
    .map((file) => join(root, file))
    .sort()
}

/**
 * Where an import of the project's own leads, or undefined for a package.
 * @param {string} root @param {string} from the importing file @param {string} name as it is written there
 */
export function importedFile(root, from, name) {
  const short = Object.entries(shorts).find(([prefix]) => name.startsWith(prefix))
  const path = short
    ? join(root, short[1], name.slice(short[0].length))
    : name.startsWith('.')
      ? resolve(dirname(from), name)
      : undefined
  return (
    path &&
    [path, `${path}.ts`, join(path, 'index.ts')].find((file) => /\.\w+$/.test(file) && existsSync(file))
  )
}

/**
 * How many imports lie between a test and what it leads to, by file: what is nearest knows most about it.
 * @param {string} root @param {string} test @returns {Map<string, number>}
 */
export function distances(root, test) {
  const seen = new Map([[test, 0]])
  for (const [file, far] of seen)
    for (const next of importsOf(root, file)) if (!seen.has(next)) seen.set(next, far + 1)
  return seen
}

/** @type {Map<string, string[]>} */
const known = new Map()

/** @param {string} root @param {string} file */
function importsOf(root, file) {
  const before = known.get(file)
  if (before) return before
  const names = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export)\b(?! type)[^;'"]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm,
  )
  const files = [...names].flatMap(([, a, b, c]) => importedFile(root, file, a ?? b ?? c ?? '') ?? [])
  known.set(file, files)
  return files
}
