// @ts-check
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** @param {string | Buffer} text @returns {string} SHA-256, hexadecimal */
export const hashOf = (text) => createHash('sha256').update(text).digest('hex')

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return []
  if (!stat.isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)))
}

/**
 * One hash over names and contents of files and folders; what is missing counts as missing.
 * @param {string} base @param {string[]} paths relative to base @returns {string}
 */
export function hashFiles(base, paths) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap((path) => filesUnder(join(base, path)))) {
    const content = readFileSync(file)
    hash.update(`${relative(base, file)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** A stamp's value, or undefined where it is missing or broken. @param {string} path @returns {any} */
export function readStamp(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Written whole or not at all. @param {string} path @param {unknown} value */
export function writeStamp(path, value) {
  mkdirSync(dirname(path), { recursive: true })
  const half = `${path}.${process.pid}.tmp`
  writeFileSync(half, `${JSON.stringify(value, null, 2)}\n`)
  renameSync(half, path)
}
