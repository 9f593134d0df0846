import { join } from 'node:path'
import { app, BrowserWindow, dialog, type FileFilter } from 'electron'
import { fail, ok, type Result } from '@contract/result'
import { systemFault } from '../../node/files/system-fault.ts'
import { writeForOwner } from '../../node/files/write-for-owner.ts'

/** The window that a dialog belongs to. */
export function windowNow(): BrowserWindow | undefined {
  return BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
}

/** Asks where to save, then writes for the owner alone, whole or not at all. Answers nothing where the dialog was
 *  cancelled. Code: `save_failed`. */
export async function saveAs(
  { name, folder, filters = [] }: { name: string; folder: 'documents' | 'downloads'; filters?: FileFilter[] },
  pieces: Iterable<Uint8Array>,
): Promise<Result<{ file: string } | undefined>> {
  const options = { defaultPath: join(app.getPath(folder), name), filters }
  const window = windowNow()
  const chosen = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
  if (chosen.canceled || !chosen.filePath) return ok(undefined)
  const file = chosen.filePath
  try {
    await writeForOwner(file, pieces)
    return ok({ file })
  } catch (error) {
    return fail(
      'save_failed',
      `Nothing could be written to ${file} (${systemFault(error)}).`,
      'Choose another folder.',
    )
  }
}
