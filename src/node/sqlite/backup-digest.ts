import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { rm } from 'node:fs/promises'
import { storageFailures, StorageError } from './failure.ts'

/** Notes beside a backup how it was made. */
export function noteDigest(file: string, digest: string): void {
  writeFileSync(noteOf(file), `${digest}\n`, { mode: 0o600 })
}

export function hasDigest(file: string): boolean {
  return existsSync(noteOf(file))
}

/** Removes the note of how a backup was made. */
export function forgetDigest(file: string): void {
  rmSync(noteOf(file), { force: true })
}

/** Throws StorageError `database_corrupt` where a backup is not as it was made, in whichever bit. One without a note is
 *  from before there were notes. */
export function compareDigest(file: string): void {
  if (!existsSync(noteOf(file))) return
  // No one waits for what a pipe has to say.
  if (![file, noteOf(file)].every((each) => statSync(each).isFile()))
    throw new StorageError(storageFailures.corrupt(file, 'something else than a file is in its place'))
  const noted = readFileSync(noteOf(file), 'latin1').slice(0, 64)
  const found = digestOf(file)
  if (found !== noted)
    throw new StorageError(storageFailures.corrupt(file, 'it differs from when it was made'))
}

/** Removes a copy with its note and its log. */
export async function removeBackup(file: string): Promise<void> {
  for (const each of [`${file}-wal`, `${file}-shm`, file, noteOf(file)]) await rm(each, { force: true })
}

/** SHA-256 of a file, read piece by piece. */
export function digestOf(file: string): string {
  const hash = createHash('sha256')
  const piece = Buffer.alloc(1024 * 1024)
  const handle = openSync(file, 'r')
  try {
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece))
      hash.update(piece.subarray(0, read))
  } finally {
    closeSync(handle)
  }
  return hash.digest('hex')
}

function noteOf(file: string): string {
  return `${file}.sha256`
}
