import { appendFileSync, chmodSync, mkdirSync } from 'node:fs'
import { appendFile, mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** How much the log may hold. */
export interface LogLimits {
  /** Bytes of one file. */
  fileSize: number
  /** Number of files, the current one included. */
  files: number
  /** Lines that may wait for the disk; further ones are counted, not kept. */
  waiting: number
}

/** A file that lines are appended to, beside the caller. Nothing here throws or rejects. */
export interface RotatingFile {
  write: (line: string) => void
  /** Resolves when all that was written so far is with the system. */
  flush: () => Promise<void>
  /** The same at once, for a process that ends now. */
  flushNow: () => void
}

/** Appends to `gatehouse.log`; a full file becomes `gatehouse.1.log` and so on, the oldest is replaced.
 *  `lost` words the line that tells how many did not fit into memory. */
export function createRotatingFile(
  directory: string,
  limits: LogLimits,
  lost: (count: number) => string,
): RotatingFile {
  const current = name(directory, 0)
  let waiting: string[] = []
  let underWay: string[] = []
  let dropped = 0
  let size: number | undefined
  let running: Promise<void> | undefined

  async function prepare(): Promise<number> {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    return stat(current).then(
      (found) => found.size,
      () => 0,
    )
  }
  async function rotate(): Promise<void> {
    for (let index = limits.files - 1; index > 0; index -= 1) {
      await rename(name(directory, index - 1), name(directory, index)).catch(() => undefined)
    }
  }
  /** As many waiting lines as the file takes; one at least. */
  function take(room: number): string[] {
    let bytes = 0
    let count = 0
    for (const line of waiting) {
      bytes += Buffer.byteLength(line)
      if (count > 0 && bytes > room) break
      count += 1
    }
    return waiting.splice(0, count)
  }
  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      if (dropped > 0) {
        waiting.push(lost(dropped))
        dropped = 0
      }
      try {
        size ??= await prepare()
        const [first = ''] = waiting
        if (size > 0 && size + Buffer.byteLength(first) > limits.fileSize) {
          await rotate()
          size = 0
        }
        underWay = take(limits.fileSize - size)
        const text = underWay.join('')
        await appendFile(current, text, { mode: 0o600 })
        size += Buffer.byteLength(text)
      } catch {
        // A disk that takes no log must not stop the program: these lines are given up.
        dropped += underWay.length
        waiting = []
        size = undefined
      }
      underWay = []
    }
  }
  function run(): Promise<void> {
    running ??= drain().finally(() => {
      running = undefined
    })
    return running
  }

  return {
    write: (line) => {
      if (waiting.length >= limits.waiting) dropped += 1
      else waiting.push(line)
      // Beside the caller: several lines of one turn are one append.
      void Promise.resolve().then(run)
    },
    flush: () => run(),
    flushNow: () => {
      const rest = [...underWay, ...waiting]
      waiting = []
      if (rest.length === 0) return
      try {
        mkdirSync(directory, { recursive: true, mode: 0o700 })
        // An append under way may be cut short by the end of the process: rather twice than not at all.
        appendFileSync(current, (underWay.length > 0 ? '\n' : '') + rest.join(''), { mode: 0o600 })
        chmodSync(current, 0o600)
      } catch {
        // See above.
      }
    },
  }
}

function name(directory: string, index: number): string {
  return join(directory, index === 0 ? 'gatehouse.log' : `gatehouse.${index}.log`)
}
