import { createHash } from 'node:crypto'
import { clipboard } from 'electron'

// What was copied is remembered by its digest: the text itself is nowhere but on the clipboard.
let copied: string | undefined

/** Clears the clipboard if it still holds the secret that was copied last. Electron's clipboard answers at once
 *  in older versions and with a promise in newer ones; `await` takes both. */
export async function clearSecret(): Promise<void> {
  const held = copied
  if (held === undefined || digest(await clipboard.readText()) !== held) return
  const cleared: unknown = clipboard.clear()
  await cleared
  if (copied === held) copied = undefined
}

/** Copies a secret and clears the clipboard after `seconds` if it still holds it. */
export async function copySecret(text: string, seconds: number): Promise<void> {
  const mark = digest(text)
  copied = mark
  await clipboard.writeText(text)
  setTimeout(() => {
    if (copied === mark) void clearSecret().catch(() => undefined)
  }, seconds * 1000)
}

/** Copies something that is no secret. */
export async function copyText(text: string): Promise<void> {
  await clipboard.writeText(text)
}

/** The clipboard's text. */
export async function readClipboard(): Promise<string> {
  return clipboard.readText()
}
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
