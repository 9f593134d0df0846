// @ts-check
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from './say.mjs'

/** @param {number} pid */
function alive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** @param {string} path @returns {number | undefined} the owner, where the lock is taken */
function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
    return undefined
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    const owner = Number(readFileSync(path, 'utf8'))
    // An empty file is a lock that is being written this moment.
    return owner || process.ppid
  }
}

/**
 * Two setups at once (two terminals, two checkouts) must not build the same thing twice.
 * @template T @param {string} path @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true })
  let said = false
  for (let owner = take(path); owner !== undefined; owner = take(path)) {
    if (!alive(owner)) {
      rmSync(path, { force: true })
      continue
    }
    if (!said) say(`Waiting for another setup (process ${owner}) …`)
    said = true
    await sleep(200)
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}
