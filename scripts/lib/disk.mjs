// @ts-check
import fs, { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { setupError } from './fail.mjs'

/**
 * Refuses to start what cannot be finished: checks the free space before a download or build.
 * @param {string} folder may not exist yet
 * @param {number} megabytes
 * @param {string} what
 * @param {(path: string) => { bavail: number, bsize: number }} [statfs]
 */
export function ensureFree(folder, megabytes, what, statfs = (path) => fs.statfsSync(path)) {
  let there = folder
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there)
  const { bavail, bsize } = statfs(there)
  const free = Math.floor((bavail * bsize) / 1_000_000)
  if (free >= megabytes) return
  throw setupError(
    `not enough disk space for ${what}: ${megabytes} MB needed, ${free} MB free in ${there}.`,
    [
      'Free some space, then run the same command again.',
      'Or put the cache on another disk: GATEHOUSE_CACHE=/path/on/another/disk npm start',
    ],
  )
}
