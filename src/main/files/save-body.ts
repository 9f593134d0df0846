import { saveAs } from './save-as.ts'

/** Asks where to save, then writes piece by piece. Answers nothing where the dialog was canceled. Code:
 *  `save_failed`. */
export function saveBody(name: string, pieces: Iterable<Uint8Array>) {
  return saveAs({ name, folder: 'downloads' }, pieces)
}
