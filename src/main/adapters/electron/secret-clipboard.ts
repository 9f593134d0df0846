import { clipboard } from 'electron'

/** Electron's clipboard answers at once in older versions and with a promise in newer ones; `await` takes both. */
const clearIfHolding = async (text: string): Promise<void> => {
  if ((await clipboard.readText()) === text) await clipboard.clear()
}

/** Copies a secret and clears the clipboard after `seconds` if it still holds it. */
export const copySecret = async (text: string, seconds: number): Promise<void> => {
  await clipboard.writeText(text)
  setTimeout(() => void clearIfHolding(text).catch(() => undefined), seconds * 1000)
}

/** Copies something that is no secret. */
export const copyText = async (text: string): Promise<void> => {
  await clipboard.writeText(text)
}
