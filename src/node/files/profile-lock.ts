import { existsSync, mkdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Failure } from '@contract/result'
import { storageFailures } from '../sqlite/failure.ts'
import { systemCode } from './system-fault.ts'

/** Why the lock of a profile could not be taken; nothing where another Gatehouse holds it, which is handed what this one
 *  was started for. Codes: `profile_elsewhere`, `profile_read_only`, `disk_full`, `profile_unusable`. */
export function whyNotLocked(profile: string): Failure | undefined {
  const other = holderElsewhere(profile)
  if (other !== undefined) return heldElsewhere(profile, other)
  return isHeld(profile) ? undefined : obstacleTo(profile)
}

/** The computer that holds the lock, where that is another one: the profile is in a shared or synced folder. */
function holderElsewhere(profile: string): string | undefined {
  if (process.platform === 'win32') return undefined
  try {
    const host = /^(.+)-\d{1,10}$/.exec(readlinkSync(lockOf(profile)))?.[1]
    return host === hostname() ? undefined : host
  } catch {
    return undefined
  }
}

function heldElsewhere(profile: string, computer: string): Failure {
  return {
    code: 'profile_elsewhere',
    message: `Gatehouse on another computer, ${computer}, is using these files, or was not closed properly there. Nothing in ${profile} was changed.`,
    next: `Close Gatehouse there, then try again. If it doesn’t run there, delete ${lockOf(profile)}.`,
  }
}

function lockOf(profile: string): string {
  return join(profile, 'SingletonLock')
}

/** Whether a running program holds Chromium's lock: a link that leads nowhere, to HOST-PID; on Windows a file that goes
 *  with the program. */
function isHeld(profile: string): boolean {
  if (process.platform === 'win32') return existsSync(join(profile, 'lockfile'))
  try {
    const pid = /-(\d{1,10})$/.exec(readlinkSync(lockOf(profile)))?.[1]
    return pid !== undefined && isRunning(Number(pid)) && existsSync(join(profile, 'SingletonSocket'))
  } catch {
    return false
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}

/** What writing into the profile meets. */
function obstacleTo(profile: string): Failure | undefined {
  const probe = join(profile, `writable-${process.pid}`)
  try {
    mkdirSync(profile, { recursive: true, mode: 0o700 })
    // With content: an empty file finds room on a full disk.
    writeFileSync(probe, 'x'.repeat(512), { mode: 0o600 })
    return undefined
  } catch (error) {
    return explain(systemCode(error), profile)
  } finally {
    remove(probe)
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // The folder says why.
  }
}

function explain(code: string, profile: string): Failure {
  if (['EROFS', 'EACCES', 'EPERM'].includes(code))
    return {
      code: 'profile_read_only',
      message: `Gatehouse may not write to its profile folder, ${profile}. Nothing in it was changed.`,
      next: 'Make the folder writable for your user (a read-only disk has to be remounted), then try again.',
    }
  if (['ENOSPC', 'EDQUOT'].includes(code)) return storageFailures.fullAtStart(profile)
  return {
    code: 'profile_unusable',
    message: `Gatehouse cannot use its profile folder, ${profile} (${code || 'unknown error'}).`,
    next: 'Check that it is a folder on a disk that works, then try again. Or start Gatehouse with another --user-data-dir.',
  }
}
