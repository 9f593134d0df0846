import { basename } from 'node:path'
import { dialog, type FileFilter } from 'electron'
import { fail, ok } from '@contract/result'
import { importLimit } from '../../core/vault/transfer/read-export.ts'
import { systemFault } from '../../node/files/system-fault.ts'
import { readFileWithin } from '../../node/files/read-file-within.ts'
import { saveAs, windowNow } from './save-as.ts'

const filters = [
  { name: 'Encrypted export (age)', extensions: ['age'] },
  { name: 'All files', extensions: ['*'] },
]

/** Asks where to save, then writes the bytes for the owner alone. Code: `save_failed`. */
export function saveBytes(name: string, bytes: Uint8Array) {
  return saveAs({ name, folder: 'documents', filters }, [bytes])
}

/** Asks for an export and reads it. Codes: `open_failed`, `export_too_large`. */
export function openBytes() {
  return chooseFile(
    filters,
    importLimit,
    'export_too_large',
    'The file is larger than 64 MiB, too large for an export.',
  )
}

/** Asks for a file of certificates and reads it. Codes: `open_failed`, `authority_too_large`. */
export function choosePem() {
  return chooseFile(
    [
      { name: 'Certificates (PEM)', extensions: ['pem', 'crt', 'cer'] },
      { name: 'All files', extensions: ['*'] },
    ],
    1_048_576,
    'authority_too_large',
    'The file is larger than 1 MiB, too large for certificate authorities.',
  )
}

/** Asks for a client certificate with its key and reads it. Codes: `open_failed`, `certificate_too_large`. */
export function chooseIdentity() {
  return chooseFile(
    [
      { name: 'Certificate with its key', extensions: ['p12', 'pfx', 'pem', 'crt', 'key'] },
      { name: 'All files', extensions: ['*'] },
    ],
    262_144,
    'certificate_too_large',
    'The file is larger than 256 KiB, too large for a certificate and its key.',
  )
}

/** Asks for a folder; nothing where none was chosen. */
export async function chooseFolder(title: string, fresh: boolean): Promise<string | undefined> {
  const properties = ['openDirectory' as const, ...(fresh ? ['createDirectory' as const] : [])]
  const options = { title, properties }
  const window = windowNow()
  const chosen = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
  return chosen.canceled ? undefined : chosen.filePaths[0]
}

/** Asks for files and answers where they are; none where none was chosen. */
export async function chooseFiles(several: boolean): Promise<string[]> {
  const properties = ['openFile' as const, ...(several ? ['multiSelections' as const] : [])]
  const options = { title: several ? 'Choose files to send' : 'Choose a file to send', properties }
  const window = windowNow()
  const chosen = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
  return chosen.canceled ? [] : chosen.filePaths
}

async function chooseFile(filters: FileFilter[], limit: number, code: string, tooLarge: string) {
  const options = { properties: ['openFile' as const], filters }
  const window = windowNow()
  const chosen = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
  const file = chosen.filePaths[0]
  if (chosen.canceled || file === undefined) return ok(undefined)
  try {
    const bytes = await readFileWithin(file, limit)
    return bytes === undefined
      ? fail(code, tooLarge, 'Choose another file.')
      : ok({ name: basename(file), bytes })
  } catch (error) {
    return fail('open_failed', `${file} could not be read (${systemFault(error)}).`, 'Choose another file.')
  }
}
