import { open, stat, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { app, BrowserWindow, dialog } from 'electron'
import { fail, ok } from '@contract/result'
import { importLimit } from '../../core/vault/transfer/import-vault.ts'

/** Asks where to save, then writes the bytes for the owner alone. Code: `save_failed`. */
export async function saveBytes(name: string, bytes: Uint8Array) {
  const options = { defaultPath: join(app.getPath('documents'), name), filters }
  const window = windowNow()
  const chosen = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
  if (chosen.canceled || !chosen.filePath) return ok(undefined)
  const file = chosen.filePath
  try {
    const handle = await open(file, 'w', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    return ok({ file })
  } catch (error) {
    return fail(
      'save_failed',
      `Nothing could be written to ${file} (${detailOf(error)}).`,
      'Choose another folder.',
    )
  }
}
const filters = [
  { name: 'Encrypted export (age)', extensions: ['age'] },
  { name: 'All files', extensions: ['*'] },
]

/** Asks for a file and reads it. Codes: `open_failed`, `export_too_large`. */
export async function openBytes() {
  const options = { properties: ['openFile' as const], filters }
  const window = windowNow()
  const chosen = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
  const file = chosen.filePaths[0]
  if (chosen.canceled || file === undefined) return ok(undefined)
  try {
    if ((await stat(file)).size > importLimit)
      return fail(
        'export_too_large',
        'The file is larger than 64 MiB: this is no export.',
        'Choose another file.',
      )
    return ok({ name: basename(file), bytes: Uint8Array.from(await readFile(file)) })
  } catch (error) {
    return fail('open_failed', `${file} could not be read (${detailOf(error)}).`, 'Choose another file.')
  }
}

function windowNow(): BrowserWindow | undefined {
  return BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
}
function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
