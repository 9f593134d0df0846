// @ts-check
import { existsSync } from 'node:fs'
import { setupError } from '../lib/fail.mjs'
import { run, which } from '../lib/run.mjs'
import { say, withProgress } from '../lib/say.mjs'
import {
  installCommand,
  librariesForTests,
  missingFromLdd,
  packagesFor,
  programsFor,
  renamed64,
} from './system-packages.mjs'

/** @typedef {import('./system-packages.mjs').Manager} Manager */

const asRoot = process.getuid?.() === 0
const aptEnv = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
const chromiums = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** @param {string} program */
const isThere = (program) =>
  program === 'chromium' ? chromiums.some((name) => which(name)) : Boolean(which(program))

/** @returns {Manager | undefined} */
function packageManager() {
  if (which('apt-get')) return 'apt'
  if (which('dnf')) return 'dnf'
  return which('pacman') ? 'pacman' : undefined
}

/** No screen to show a window on. @param {NodeJS.ProcessEnv} [env] @param {NodeJS.Platform} [platform] */
export const lacksDisplay = (env = process.env, platform = process.platform) =>
  platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY

/**
 * What is missing on this Linux for a purpose: `essential` stops the command, the rest is only said.
 * @param {{ electron: string, tests: boolean }} wanted
 */
async function findMissing({ electron, tests }) {
  const { stdout } = await run('ldd', [electron])
  const libraries = missingFromLdd(stdout)
  const display = lacksDisplay() || tests ? programsFor.display.filter((name) => !isThere(name)) : []
  const others = (tests ? programsFor.test : programsFor.start).filter((name) => !isThere(name))
  if (!tests) return { essential: { libraries, programs: display }, wished: { programs: others } }
  const known = (await run(which('ldconfig') ?? '/sbin/ldconfig', ['-p'])).stdout
  const loaded = librariesForTests.filter((name) => !known.includes(name))
  const fonts = !existsSync('/usr/share/fonts') || !(await hasFont())
  return {
    essential: { libraries: [...libraries, ...loaded], programs: [...display, ...others], fonts },
    wished: { programs: [] },
  }
}

async function hasFont() {
  if (!which('fc-list')) return existsSync('/usr/share/fonts/truetype/dejavu')
  return (await run('fc-list', ['DejaVu Sans'])).stdout.trim() !== ''
}

/** Debian's and Ubuntu's own names on this machine. @param {string[]} names */
async function namesHere(names) {
  const { stdout } = await run('apt-cache', ['pkgnames'])
  const known = new Set(stdout.split('\n'))
  const newNames = renamed64(names)
  return names.map((name, at) => (known.has(newNames[at] ?? '') ? (newNames[at] ?? name) : name))
}

/** @param {string[]} packages */
async function aptInstall(packages) {
  await withProgress(`Installing ${packages.length} system packages: ${packages.join(' ')}`, async () => {
    const updated = await run('apt-get', ['update', '-qq'], { env: aptEnv })
    const names = await namesHere(packages)
    const args = ['install', '-y', '-qq', '--no-install-recommends', ...names]
    const { code, stderr } = await run('apt-get', args, { env: aptEnv })
    if (code === 0) return
    const said = [updated.stderr, stderr].join('\n').trim().split('\n').slice(-6)
    throw setupError(
      ['apt-get could not install what Electron and the tests need:', ...said].join('\n    '),
      installCommand('apt', names, true),
    )
  })
}

/** @param {{ packages: string[], unknown: string[] }} wanted @param {Manager | undefined} manager */
function stepsFor({ packages, unknown }, manager) {
  const steps = []
  if (manager && packages.length > 0) steps.push(installCommand(manager, packages, asRoot))
  if (!manager || unknown.length > 0) {
    steps.push(
      `With your system's package manager, install what holds: ${(manager ? unknown : packages).join(' ')}`,
    )
  }
  return steps
}

/**
 * Sees to the libraries and programs of a Linux system: as root on Debian or Ubuntu they are installed,
 * elsewhere the command is said.
 * @param {{ electron: string, tests?: boolean }} wanted
 */
export async function ensureSystem({ electron, tests = false }) {
  if (process.platform !== 'linux') return
  const manager = packageManager()
  const { essential, wished } = await findMissing({ electron, tests })
  const needed = packagesFor(essential, manager ?? 'apt')
  const nice = packagesFor(wished, manager ?? 'apt')
  if (manager === 'apt' && asRoot) {
    const all = [...new Set([...needed.packages, ...nice.packages])]
    if (all.length > 0) await aptInstall(all)
    if (needed.unknown.length > 0)
      throw setupError('system libraries are missing.', stepsFor(needed, manager))
    return
  }
  if (needed.packages.length + needed.unknown.length > 0) {
    const why = tests ? 'Electron and its tests need' : 'Electron needs'
    throw setupError(`system packages that ${why} are missing.`, stepsFor(needed, manager))
  }
  for (const step of nice.packages.length > 0 ? stepsFor(nice, manager) : []) {
    say(`Signing in through the browser works best with: ${step}`)
  }
}

/** A compiler, for the one native module where it has to be built. */
export async function ensureCompiler() {
  const missing = programsFor.compiler.filter((name) => !isThere(name))
  if (missing.length === 0) return
  const manager = process.platform === 'linux' ? packageManager() : undefined
  const wanted = packagesFor({ programs: missing }, manager ?? 'apt')
  if (manager === 'apt' && asRoot) return aptInstall(wanted.packages)
  throw setupError(`building better-sqlite3 needs ${missing.join(', ')}.`, stepsFor(wanted, manager))
}
