import { shell } from 'electron'
import type { BrowserOpener } from '../../domain/shared/ports.ts'

/** Opens the system's browser. Only http and https ever reach the shell: what a provider hands out
 *  is hostile until it has been parsed and written anew (CVE-2025-6514). */
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
