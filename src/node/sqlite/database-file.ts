import { chmodSync, closeSync, existsSync, fsyncSync, openSync, statSync } from 'node:fs'

/** Whether a file is there and not empty. */
export function holdsAnything(file: string): boolean {
  return existsSync(file) && statSync(file).size > 0
}

/** Puts a finished file on the disk, for its owner alone, before it gets its name. */
export function settleFile(file: string): void {
  if (process.platform !== 'win32') chmodSync(file, 0o600)
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
