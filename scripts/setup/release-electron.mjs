// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { ensureFree } from '../lib/disk.mjs'
import { setupError } from '../lib/fail.mjs'
import { packageJson, root } from '../lib/paths.mjs'
import { run } from '../lib/run.mjs'
import { withProgress } from '../lib/say.mjs'

const folder = join(root, 'node_modules', 'electron')

/** The pinned release. @returns {string} */
export const releaseVersion = () => packageJson('electron').version

/** The release's binary where it is installed whole. @returns {string | undefined} */
export function installedRelease() {
  const dist = join(folder, 'dist')
  try {
    if (readFileSync(join(dist, 'version'), 'utf8').replace(/^v/, '').trim() !== releaseVersion())
      return undefined
    const binary = join(dist, readFileSync(join(folder, 'path.txt'), 'utf8'))
    return existsSync(binary) ? binary : undefined
  } catch {
    return undefined
  }
}

/** Where the release is fetched from; the settings are electron's own. @param {NodeJS.ProcessEnv} [env] */
export function releaseUrl(env = process.env) {
  const mirror = env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror
  const base = mirror ?? 'https://github.com/electron/electron/releases/download/'
  const version = releaseVersion()
  return `${base}v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`
}

/** Electron's own download cache (of the package @electron/get). */
function isInElectronsCache() {
  const places = {
    darwin: join(homedir(), 'Library', 'Caches', 'electron'),
    win32: join(process.env.LOCALAPPDATA ?? homedir(), 'electron', 'Cache'),
  }
  const linux = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'electron')
  const cache =
    process.env.electron_config_cache ??
    (process.platform in places ? places[/** @type {'darwin'} */ (process.platform)] : linux)
  const name = `electron-v${releaseVersion()}-${process.platform}-${process.arch}.zip`
  try {
    return readdirSync(cache, { recursive: true }).some((path) => String(path).endsWith(name))
  } catch {
    return false
  }
}

/** Whether the download would begin, known within seconds. @param {string} url @param {number} [limitMs] */
async function isReachable(url, limitMs = 6000) {
  // Electron's downloader knows proxies, this look does not: there the download itself is the test.
  if (process.env.HTTPS_PROXY || process.env.https_proxy) return true
  try {
    const answer = await fetch(url, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(limitMs),
    })
    return answer.status < 400
  } catch {
    return false
  }
}

/** What a person can mend; where it is the network, there is the other runtime. @param {string} stderr */
export function installError(stderr) {
  if (/ENOSPC/.test(stderr)) {
    return setupError(
      'the disk filled up while Electron was unpacked.',
      'Free some space, then run the same command again.',
    )
  }
  if (/checksum|sha256|hash/i.test(stderr)) {
    return setupError('the downloaded Electron is broken (its checksum is wrong).', [
      'Delete it and fetch it again: force_no_cache=true npm start',
    ])
  }
  return undefined
}

/**
 * The pinned Electron, downloaded and checked by electron's own installer where it can be reached.
 * @returns {Promise<string | undefined>} the binary
 */
export async function ensureReleaseElectron() {
  const there = installedRelease()
  if (there) return there
  if (!isInElectronsCache() && !(await isReachable(releaseUrl()))) return undefined
  ensureFree(root, 700, 'Electron')
  return withProgress(`Fetching Electron ${releaseVersion()}`, async () => {
    const install = [join(folder, 'install.js')]
    const { code, stderr } = await run(process.execPath, install, { timeoutMs: 15 * 60_000 })
    const error = installError(stderr)
    if (code !== 0 && error) throw error
    return code === 0 ? installedRelease() : undefined
  })
}
