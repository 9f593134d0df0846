import { createHash } from 'node:crypto'
import { clipboard } from 'electron'

// What was copied is remembered by its digest: the text itself is nowhere but on the clipboard.
let copied: string | undefined
const digest = (text: string): string => createHash('sha256').update(text).digest('base64')

/** Clears the clipboard if it still holds the secret that was copied last. Electron's clipboard answers at once
 *  in older versions and with a promise in newer ones; `await` takes both. */
export const clearSecret = async (): Promise<void> => {
  const held = copied
  if (held === undefined || digest(await clipboard.readText()) !== held) return
  await clipboard.clear()
  if (copied === held) copied = undefined
}

/** Copies a secret and clears the clipboard after `seconds` if it still holds it. */
export const copySecret = async (text: string, seconds: number): Promise<void> => {
  const mark = digest(text)
  copied = mark
  await clipboard.writeText(text)
  setTimeout(() => {
    if (copied === mark) void clearSecret().catch(() => undefined)
  }, seconds * 1000)
}

/** Copies something that is no secret. */
export const copyText = async (text: string): Promise<void> => {
  await clipboard.writeText(text)
}

/** The clipboard's text. */
export const readClipboard = async (): Promise<string> => clipboard.readText()
