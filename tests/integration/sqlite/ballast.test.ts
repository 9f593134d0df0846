import { execFileSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fail, ok } from '@contract/result'
import { ballastSize, createBallast, eraseThrough } from '../../../src/node/sqlite/ballast.ts'
import { temporaryFolder } from './temporary-database.ts'

const full = () => Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })

describe('the ballast', () => {
  it('holds its space, and gives it back once', () => {
    const folder = temporaryFolder()
    const ballast = createBallast(folder)
    expect(ballast.keep()).toBe(true)
    expect(statSync(join(folder, 'ballast')).size).toBe(ballastSize)
    expect(statSync(join(folder, 'ballast')).blocks * 512).toBeGreaterThanOrEqual(ballastSize)
    expect([ballast.release(), ballast.release()]).toEqual([true, false])
  })

  it.skipIf(process.platform === 'win32')('takes the place of a pipe, and does not wait for it', () => {
    const folder = temporaryFolder()
    execFileSync('mkfifo', [join(folder, 'ballast')])
    expect(createBallast(folder).keep()).toBe(true)
    expect(statSync(join(folder, 'ballast')).size).toBe(ballastSize)
  })

  it('lets an erasing succeed on a full disk', () => {
    const folder = temporaryFolder()
    const ballast = createBallast(folder)
    ballast.keep()
    const erase = () => {
      if (existsSync(join(folder, 'ballast'))) throw full()
      return 'erased'
    }
    expect(ballast.erase(erase)).toBe('erased')
  })

  it('lets what answers a failure succeed too, and tells that it is spent', async () => {
    const folder = temporaryFolder()
    const spent: string[] = []
    const ballast = createBallast(folder, () => void spent.push('spent'))
    const open = () =>
      existsSync(join(folder, 'ballast')) ? fail('disk_full', 'full') : ok<string>('opened')
    expect(await ballast.through(open)).toEqual({ ok: true, value: 'opened' })
    expect(spent).toEqual([])
    ballast.keep()
    expect(await ballast.through(open)).toEqual({ ok: true, value: 'opened' })
    expect(spent).toEqual(['spent'])
    expect(await ballast.through(() => fail('disk_full', 'still'))).toMatchObject({
      error: { message: 'still' },
    })
    ballast.keep()
    expect(await ballast.through(() => Promise.resolve(fail('database_locked', 'other')))).toMatchObject({
      ok: false,
    })
    expect(existsSync(join(folder, 'ballast'))).toBe(true)
    expect(spent).toEqual(['spent'])
  })

  it('is not spent on other failures, and cannot be spent twice', () => {
    const folder = temporaryFolder()
    const ballast = createBallast(folder)
    ballast.keep()
    const fails = (error: Error) => () =>
      ballast.erase(() => {
        throw error
      })
    expect(fails(new Error('other'))).toThrow('other')
    expect(existsSync(join(folder, 'ballast'))).toBe(true)
    expect(fails(full())).toThrow('full')
    expect(existsSync(join(folder, 'ballast'))).toBe(false)
    expect(fails(full())).toThrow('full')
  })

  it('is given back for the erasing methods of a store, and for no others', () => {
    const folder = temporaryFolder()
    const ballast = createBallast(folder)
    ballast.keep()
    const work = (name: string) => {
      if (existsSync(join(folder, 'ballast'))) throw full()
      return name
    }
    const store = eraseThrough(ballast, { remove: work, save: work }, ['remove'])
    expect(() => store.save('kept')).toThrow('full')
    expect(store.remove('gone')).toBe('gone')
  })
})
