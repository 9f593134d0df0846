import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { whyNotLocked } from '../../../../src/node/files/profile-lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** As Chromium does it. */
const lock = (pid: number, { socket = true, host = hostname() } = {}): void => {
  symlinkSync(`${host}-${pid}`, join(folder, 'SingletonLock'))
  if (socket) writeFileSync(join(folder, 'SingletonSocket'), '')
}

it.skipIf(process.platform === 'win32')('is silent where a running program holds it', () => {
  lock(process.pid)
  expect(whyNotLocked(folder)).toBeUndefined()
})

it('makes the folder, and leaves nothing in it', () => {
  const profile = join(folder, 'not', 'there')
  expect(whyNotLocked(profile)).toBeUndefined()
  expect(readdirSync(profile)).toEqual([])
})

it('tells of a folder that is none, with a next step', () => {
  const profile = join(folder, 'profile')
  writeFileSync(profile, 'a file')
  lock(2 ** 30)
  expect(whyNotLocked(profile)).toMatchObject({ code: 'profile_unusable', next: expect.any(String) })
  expect(whyNotLocked(join(profile, 'below'))).toMatchObject({ code: 'profile_unusable' })
})

it('takes a lock that nobody holds anymore for none', () => {
  lock(2 ** 30)
  mkdirSync(join(folder, `writable-${process.pid}`))
  // What writing meets is asked then.
  expect(whyNotLocked(folder)).toMatchObject({ code: 'profile_unusable' })
})

it.skipIf(process.platform === 'win32')(
  'names the other computer that holds it, and the file that says so',
  () => {
    lock(process.pid, { host: 'a-laptop-2' })
    const found = whyNotLocked(folder)
    expect(found?.code).toBe('profile_elsewhere')
    expect(found?.message).toContain('a-laptop-2')
    expect(found?.next).toContain(join(folder, 'SingletonLock'))
  },
)
