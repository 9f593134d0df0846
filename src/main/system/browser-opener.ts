import { shell } from 'electron'
import { readSchemePing } from '../../core/oauth/redirect/scheme-ping.ts'
import type { BrowserOpener } from '../../core/records/ports.ts'

/** Opens the system's browser. Only http and https ever reach the shell: what a provider hands out
 *  is hostile until it has been parsed and written again (CVE-2025-6514). */
export const systemBrowser: BrowserOpener = {
  async open(url) {
    const parsed = URL.canParse(url) ? new URL(url) : undefined
    if (!parsed || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return false
    try {
      await shell.openExternal(parsed.href)
      return true
    } catch {
      return false
    }
  },
}

/** Opens an address of our custom scheme that carries nothing but a nonce, and no other address. */
export async function openSchemePing(url: string): Promise<boolean> {
  if (readSchemePing(url) === undefined) return false
  try {
    await shell.openExternal(url)
    return true
  } catch {
    return false
  }
}
