import { describe, expect, it } from 'vitest'
import { nodeIsOldEnough } from '../../../scripts/lib/bootstrap.mjs'
import { ensureFree } from '../../../scripts/lib/disk.mjs'
import { errorLines, setupError } from '../../../scripts/lib/fail.mjs'
import { cacheDir } from '../../../scripts/lib/paths.mjs'
import { npmError, sameTree } from '../../../scripts/setup/node-modules.mjs'
import { installError } from '../../../scripts/setup/release-electron.mjs'
import { sandboxFlags } from '../../../scripts/setup/sandbox.mjs'

const caught = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    return errorLines(error).join('\n')
  }
  throw new Error('nothing was thrown')
}

describe('a message', () => {
  it('says what is wrong and what repairs it', () => {
    expect(errorLines(setupError('no oven.', ['buy one', 'borrow one']))).toEqual([
      'Gatehouse setup: no oven.',
      '  → buy one',
      '  → borrow one',
    ])
  })

  it('names a full disk and a forbidden folder, wherever they come up', () => {
    expect(errorLines(Object.assign(new Error('write'), { code: 'ENOSPC' })).join()).toContain(
      'the disk is full',
    )
    const denied = errorLines(Object.assign(new Error("mkdir '/cache'"), { code: 'EACCES' })).join()
    expect(denied).toContain("mkdir '/cache'")
    expect(denied).toContain('GATEHOUSE_CACHE')
  })

  it.each([
    ['npm error code ENOTFOUND', 'cannot be reached'],
    ['npm error code ECONNREFUSED', 'cannot be reached'],
    ['npm error nospc ENOSPC: no space left on device', 'disk filled up'],
    ['npm error code EUSAGE: lock file not in sync', 'npm install --package-lock-only'],
    ['npm error code EINTEGRITY', 'npm cache verify'],
    ['npm error something new', 'something new'],
  ])('for “%s” has “%s”', (stderr, part) => {
    expect(errorLines(npmError(stderr)).join('\n')).toContain(part)
  })

  it('names a broken or unfinished Electron, and leaves a missing network to the other runtime', () => {
    expect(installError('Error: sha256 checksum mismatch')?.mend.join()).toContain('force_no_cache=true')
    expect(installError('ENOSPC: no space left on device')?.message).toContain('disk filled up')
    expect(installError('RequestError: getaddrinfo ENOTFOUND')).toBeUndefined()
  })

  it('comes before a download that would not fit', () => {
    const statfs = () => ({ bavail: 100, bsize: 1_000_000 })
    expect(caught(() => ensureFree('/nowhere/yet', 900, 'Electron', statfs))).toMatch(
      /900 MB needed, 100 MB free[\s\S]*GATEHOUSE_CACHE=/,
    )
    expect(() => ensureFree('/nowhere/yet', 100, 'Electron', statfs)).not.toThrow()
  })
})

describe('Node', () => {
  it.each([
    ['18.20.4', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['22.1.0', true],
  ])('%s starts the setup: %s', (version, starts) => {
    expect(nodeIsOldEnough(version)).toBe(starts)
  })
})

describe('the installed packages', () => {
  const wanted = {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/mac-only': { version: '2.0.0', optional: true },
  }

  it('are what the lock file asks for, without those of other systems', () => {
    expect(sameTree(wanted, { 'node_modules/a': { version: '1.0.0' } })).toBe(true)
  })

  it('are not when one lacks, differs or is left over', () => {
    expect(sameTree(wanted, {})).toBe(false)
    expect(sameTree(wanted, { 'node_modules/a': { version: '1.0.1' } })).toBe(false)
    const more = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/old': { version: '1.0.0' } }
    expect(sameTree(wanted, more)).toBe(false)
  })
})

describe('the shared cache', () => {
  it('is where the system keeps such things, or where GATEHOUSE_CACHE says', () => {
    expect(cacheDir({}, 'linux', '/home/u')).toBe('/home/u/.cache/gatehouse')
    expect(cacheDir({ XDG_CACHE_HOME: '/x' }, 'linux', '/home/u')).toBe('/x/gatehouse')
    expect(cacheDir({}, 'darwin', '/Users/u')).toBe('/Users/u/Library/Caches/gatehouse')
    expect(cacheDir({ GATEHOUSE_CACHE: '/mine', XDG_CACHE_HOME: '/x' }, 'linux', '/home/u')).toBe('/mine')
  })
})

describe("Chromium's sandbox", () => {
  const host = { electron: '/opt/electron/electron', platform: 'linux' as const, uid: 1000 }
  const off = (path: string) => (path.endsWith('unprivileged_userns_clone') ? '0' : undefined)

  it('is left out for root on Linux only', () => {
    expect(sandboxFlags({ ...host, uid: 0 })).toEqual(['--no-sandbox'])
    expect(sandboxFlags({ ...host, uid: 0, platform: 'darwin' })).toEqual([])
    expect(sandboxFlags({ ...host, read: () => undefined })).toEqual([])
  })

  it('that cannot be built is explained, never given up', () => {
    expect(caught(() => sandboxFlags({ ...host, read: off, suid: () => false }))).toContain(
      'sudo sysctl -w kernel.unprivileged_userns_clone=1',
    )
    expect(sandboxFlags({ ...host, read: off, suid: () => true })).toEqual([])
  })
})
