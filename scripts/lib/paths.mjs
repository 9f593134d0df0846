// @ts-check
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout that this script belongs to. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** State of this checkout (stamps, reports): goes with node_modules. */
export const stateDir = join(root, 'node_modules', '.cache', 'gatehouse')

/**
 * Where downloads and builds that every checkout can share are kept.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 * @param {string} [home]
 * @returns {string}
 */
export function cacheDir(env = process.env, platform = process.platform, home = homedir()) {
  if (env.GATEHOUSE_CACHE) return resolve(env.GATEHOUSE_CACHE)
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'gatehouse')
  if (platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'gatehouse', 'Cache')
  return join(env.XDG_CACHE_HOME ?? join(home, '.cache'), 'gatehouse')
}

/** package.json of this checkout or of one of its dependencies. @param {string} [dependency] */
export function packageJson(dependency) {
  const folder = dependency ? join(root, 'node_modules', dependency) : root
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}
