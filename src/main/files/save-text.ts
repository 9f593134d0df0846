import { saveAs } from './save-as.ts'

/** Asks where to, then writes the text there. Answers nothing where the dialog was canceled. Code: `save_failed`. */
export function saveText(name: string, text: string) {
  return saveAs({ name, folder: 'downloads' }, [Buffer.from(text)])
}
