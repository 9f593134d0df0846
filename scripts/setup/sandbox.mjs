// @ts-check
import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setupError } from '../lib/fail.mjs'

/** @param {string} path @returns {string | undefined} */
function setting(path) {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return undefined
  }
}

/** @param {string} electron */
function hasSuidHelper(electron) {
  const stat = statSync(join(dirname(electron), 'chrome-sandbox'), { throwIfNoEntry: false })
  return stat?.uid === 0 && (stat.mode & 0o4000) !== 0
}

/**
 * Flags for Chromium's sandbox in an unpackaged run. Root on Linux cannot have it; anyone else keeps it.
 * @param {{ electron: string, platform?: NodeJS.Platform, uid?: number, read?: typeof setting, suid?: typeof hasSuidHelper }} host
 * @returns {string[]}
 */
export function sandboxFlags({
  electron,
  platform = process.platform,
  uid = process.getuid?.(),
  read = setting,
  suid = hasSuidHelper,
}) {
  if (platform !== 'linux') return []
  if (uid === 0) return ['--no-sandbox']
  const blockers = [
    {
      path: '/proc/sys/kernel/unprivileged_userns_clone',
      blocked: '0',
      mend: 'kernel.unprivileged_userns_clone=1',
    },
    { path: '/proc/sys/user/max_user_namespaces', blocked: '0', mend: 'user.max_user_namespaces=15000' },
    {
      path: '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
      blocked: '1',
      mend: 'kernel.apparmor_restrict_unprivileged_userns=0',
    },
  ]
  const blocker = blockers.find(({ path, blocked }) => read(path) === blocked)
  if (!blocker || suid(electron)) return []
  const helper = join(dirname(electron), 'chrome-sandbox')
  throw setupError('this system does not let Electron build its sandbox (user namespaces are off).', [
    `sudo sysctl -w ${blocker.mend}`,
    `Or: sudo chown root ${helper} && sudo chmod 4755 ${helper}`,
  ])
}
