import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { app, BrowserWindow, dialog } from 'electron'
import { fail, ok } from '@contract/result'

/** Asks where to save, then writes piece by piece. Answers nothing where the dialog was cancelled. Code:
 *  `save_failed`. */
export async function saveBody(name: string, pieces: Iterable<Uint8Array>) {
  const options = { defaultPath: join(app.getPath('downloads'), name) }
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  const chosen = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
  if (chosen.canceled || !chosen.filePath) return ok(undefined)
  try {
    const file = await open(chosen.filePath, 'w')
    try {
      for (const piece of pieces) await file.write(piece)
    } finally {
      await file.close()
    }
    return ok({ file: chosen.filePath })
  } catch {
    return fail('save_failed', `Nothing could be written to ${chosen.filePath}.`, 'Choose another folder.')
  }
}
