// @ts-check
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureFree } from '../lib/disk.mjs'
import { setupError } from '../lib/fail.mjs'
import { root } from '../lib/paths.mjs'
import { npm, run } from '../lib/run.mjs'
import { withProgress } from '../lib/say.mjs'
import { hashOf, readStamp, writeStamp } from '../lib/stamp.mjs'

const modules = join(root, 'node_modules')
const stampFile = join(modules, '.gatehouse-install.json')
const windows = process.platform === 'win32'

/** The project's own Node, of the npm package `node`. */
export const projectNode = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node')

/**
 * Whether what is installed is what the lock file asks for; optional packages of other systems may lack.
 * @typedef {Record<string, { version?: string, optional?: boolean, link?: boolean }>} Packages
 * @param {Packages} wanted @param {Packages} installed @returns {boolean}
 */
export function sameTree(wanted, installed) {
  /** @param {[string, Packages[string]]} each */
  const differs = ([path, entry]) => {
    if (path === '' || entry.link) return false
    const there = installed[path]
    return there ? there.version !== entry.version : !entry.optional
  }
  return !Object.entries(wanted).some(differs) && Object.keys(installed).every((path) => path in wanted)
}

/** @returns {boolean} */
function isInstalled() {
  const hidden = readStamp(join(modules, '.package-lock.json'))
  const wanted = readStamp(join(root, 'package-lock.json'))
  return Boolean(hidden && wanted && sameTree(wanted.packages, hidden.packages))
}

/** What went wrong in npm's own words, and what repairs it. @param {string} stderr */
export function npmError(stderr) {
  const again = 'Then run the same command again.'
  if (/ENOSPC/.test(stderr))
    return setupError('the disk filled up while npm installed.', ['Free some space.', again])
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENETUNREACH/.test(stderr)) {
    return setupError('the npm registry cannot be reached.', [
      'Check the network; behind a proxy: npm config set https-proxy http://HOST:PORT',
      'Which registry npm uses: npm config get registry',
      again,
    ])
  }
  if (/EUSAGE|in sync/.test(stderr)) {
    return setupError('package.json and package-lock.json disagree.', [
      'npm install --package-lock-only',
      again,
    ])
  }
  if (/EINTEGRITY/.test(stderr)) {
    return setupError('npm got a broken package.', ['npm cache verify', again])
  }
  const lines = stderr.trim().split('\n').slice(-8)
  return setupError(['npm could not install the packages:', ...lines].join('\n    '), again)
}

/** Short of words, and short of patience: without a network it is known within seconds. */
export const quiet = [
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  '--fetch-retries=2',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=8000',
]

/** @param {string[]} args @param {string} what */
async function npmOrFail(args, what) {
  await withProgress(what, async () => {
    const { code, stderr } = await npm([...args, ...quiet], { cwd: root })
    if (code !== 0) throw npmError(stderr)
  })
}

/** Node with its headers; npm removes the headers again whenever it installs something else. */
export async function fetchProjectNode() {
  await npmOrFail(['rebuild', 'node', '--ignore-scripts=false'], "Fetching the project's own Node")
}

/** Installs the packages when they are missing or the lock file changed; answers whether it did. */
export async function ensureNodeModules() {
  const lock = hashOf(readFileSync(join(root, 'package-lock.json')))
  if (readStamp(stampFile)?.lock === lock && existsSync(projectNode)) return false
  if (!isInstalled()) {
    ensureFree(root, 1500, 'the npm packages')
    // No package runs an install script of its own, but `node` (package.json, allowScripts), below.
    await npmOrFail(['ci', '--ignore-scripts', '--include=dev'], 'Installing the npm packages')
  }
  if (!existsSync(projectNode) || (await run(projectNode, ['--version'])).code !== 0) {
    await fetchProjectNode()
  }
  writeStamp(stampFile, { lock })
  return true
}
