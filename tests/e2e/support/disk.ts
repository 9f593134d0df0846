import { execFileSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Home } from './home.ts'

/** Whether this computer lets a test mount a disk of its own. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0

/** A small disk that a home's profile lies on. */
export interface SmallDisk {
  /** Takes all the room that is left. */
  fill: () => void
  /** Gives back what `fill` took. */
  free: () => void
  setReadOnly: (readOnly: boolean) => void
  unmount: () => void
}

/** Puts the home's profile on a disk of its own, in memory. */
export const onSmallDisk = async (home: Home, mebibytes: number): Promise<SmallDisk> => {
  const at = home.profile
  await mkdir(at, { recursive: true })
  const mount = (...args: string[]) => execFileSync('mount', args, { stdio: 'pipe' })
  mount('-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=700`, 'tmpfs', at)
  const filling = join(at, 'filling')
  return {
    fill: () => {
      const handle = openSync(filling, 'a')
      for (const size of [1024 * 1024, 4096, 1]) {
        try {
          for (;;) writeSync(handle, Buffer.alloc(size))
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
        }
      }
      closeSync(handle)
    },
    free: () => rmSync(filling, { force: true }),
    setReadOnly: (readOnly) => mount('-o', `remount,${readOnly ? 'ro' : 'rw'}`, at),
    unmount: () => execFileSync('umount', ['--lazy', at], { stdio: 'pipe' }),
  }
}
