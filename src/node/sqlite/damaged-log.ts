import { existsSync, readFileSync, statSync } from 'node:fs'

/** Bytes of a log that is looked at; SQLite keeps it far below. */
const largest = 256 * 1024 * 1024
const sizes = { header: 32, frame: 24 } as const

/** Whether a write-ahead log (https://sqlite.org/fileformat2.html, "The Write-Ahead Log") holds commits behind a frame
 *  that is damaged: SQLite reads up to that frame and forgets them silently. A frame that was being written when
 *  the computer stopped has no commit behind it. */
export function dropsCommits(database: string): boolean {
  const file = `${database}-wal`
  if (!existsSync(file)) return false
  const { size } = statSync(file)
  if (size < sizes.header + sizes.frame || size > largest) return false
  const log = readFileSync(file)
  const magic = log.readUInt32BE(0)
  if (magic !== 0x377f0682 && magic !== 0x377f0683) return hasCommit(log, sizes.header, 4096, undefined)
  const step = sizes.frame + pageSizeIn(log)
  const salts = log.subarray(16, 24)
  let sum = checksum(log, 0, 24, [0, 0], magic)
  if (!isSum(log, 24, sum)) return hasCommit(log, sizes.header, step, salts)
  for (let at = sizes.header; at + step <= log.byteLength; at += step) {
    // A frame of before the log was begun again: the end of what counts, unless one that counts follows.
    if (!log.subarray(at + 8, at + 16).equals(salts)) return hasCommit(log, at + step, step, salts)
    sum = checksum(log, at, at + 8, sum, magic)
    sum = checksum(log, at + sizes.frame, at + step, sum, magic)
    if (!isSum(log, at + 16, sum)) return hasCommit(log, at + step, step, salts)
  }
  return false
}

function pageSizeIn(log: Buffer): number {
  const size = log.readUInt32BE(8)
  return size >= 512 && size <= 65_536 && (size & (size - 1)) === 0 ? size : 4096
}

/** Whether a commit of this log (same salts) lies from there on. */
function hasCommit(log: Buffer, from: number, step: number, salts: Buffer | undefined): boolean {
  for (let at = from; at + step <= log.byteLength; at += step)
    if (
      log.readUInt32BE(at + 4) !== 0 &&
      (salts === undefined || log.subarray(at + 8, at + 16).equals(salts))
    )
      return true
  return false
}

type Sum = [number, number]

function isSum(log: Buffer, at: number, [first, second]: Sum): boolean {
  return log.readUInt32BE(at) === first && log.readUInt32BE(at + 4) === second
}

function checksum(log: Buffer, from: number, to: number, [a, b]: Sum, magic: number): Sum {
  let [first, second] = [a, b]
  const little = magic === 0x377f0682
  for (let at = from; at < to; at += 8) {
    first = (first + (little ? log.readUInt32LE(at) : log.readUInt32BE(at)) + second) >>> 0
    second = (second + (little ? log.readUInt32LE(at + 4) : log.readUInt32BE(at + 4)) + first) >>> 0
  }
  return [first, second]
}
