import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A secret found where it must not be. */
export interface Finding {
  file: string
  secret: string
  encoding: string
}

/** Named characters of HTML. */
const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** All ways in which a program may have written a text down. Base64 is looked for at each of the three
 *  offsets that the text can have inside a longer one. */
export const formsOf = (secret: string): [string, Buffer][] => {
  const bytes = Buffer.from(secret, 'utf8')
  const base64 = [0, 1, 2].flatMap((shift): [string, Buffer][] => {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    // The first and last characters depend on the neighbours.
    const inner = shifted.slice(shift === 0 ? 0 : 4, -4)
    return [
      [`base64 at ${shift}`, Buffer.from(inner)],
      ['base64url', Buffer.from(inner.replaceAll('+', '-').replaceAll('/', '_'))],
    ]
  })
  return [
    ['plain', bytes],
    ['percent', Buffer.from(encodeURIComponent(secret))],
    ['form', Buffer.from(new URLSearchParams({ a: secret }).toString().slice(2))],
    ['JSON', Buffer.from(JSON.stringify(secret).slice(1, -1))],
    ['HTML', Buffer.from(secret.replaceAll(/[&<>"']/g, (each) => named[each] ?? each))],
    ['UTF-16LE', Buffer.from(secret, 'utf16le')],
    ['UTF-16BE', Buffer.from(secret, 'utf16le').swap16()],
    ['hex', Buffer.from(bytes.toString('hex'))],
    ['HEX', Buffer.from(bytes.toString('hex').toUpperCase())],
    ...base64.filter(([, needle]) => needle.length >= 8),
  ]
}

/** Every regular file below a folder. */
const filesBelow = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** Most texts are the same in several encodings. */
const different = (forms: [string, Buffer][]): [string, Buffer][] => [
  ...new Map(
    forms
      .toReversed()
      .map(([encoding, needle]) => [needle.toString('latin1'), [encoding, needle] as [string, Buffer]]),
  ).values(),
]

/** Searches every file below `folder` for the secrets (name → text), in every encoding. Files that vanish
 *  while it reads are passed over. */
export const scanForSecrets = async (folder: string, secrets: Record<string, string>): Promise<Finding[]> => {
  const needles = Object.entries(secrets).map(([name, text]) => {
    if (text.length < 8) throw new Error(`${name} is too short to be searched for`)
    return { name, forms: different(formsOf(text)) }
  })
  const findings: Finding[] = []
  for (const file of await filesBelow(folder)) {
    const content = await readFile(file).catch(() => undefined)
    if (!content) continue
    for (const { name, forms } of needles) {
      for (const [encoding, needle] of forms) {
        if (content.includes(needle)) findings.push({ file, secret: name, encoding })
      }
    }
  }
  return findings
}
