import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, BrowserWindow, dialog } from 'electron'
import { fail, ok, type Result } from '@contract/result'

/** Asks where to, then writes the text there. Answers nothing where the dialog was cancelled. Codes:
 *  `save_failed`. */
export async function saveText(name: string, text: string): Promise<Result<{ file: string } | undefined>> {
  const options = { defaultPath: join(app.getPath('downloads'), name) }
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  const chosen = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
  if (chosen.canceled || !chosen.filePath) return ok(undefined)
  try {
    await writeFile(chosen.filePath, text)
    return ok({ file: chosen.filePath })
  } catch {
    return fail('save_failed', `Nothing could be written to ${chosen.filePath}.`, 'Choose another folder.')
  }
}
