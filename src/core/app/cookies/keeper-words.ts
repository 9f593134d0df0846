import { secretsSent } from '../../secrecy/carried.ts'
import type { SendingKeeper } from './cookie-jars.ts'

/** What a sending's cookies say that no one may see later. */
export function cookiesSent(keeper: SendingKeeper | undefined): string[] {
  const headers = (keeper?.sent ?? []).map((header): [string, string] => ['cookie', header])
  return headers.length === 0 ? [] : secretsSent({ url: 'https://localhost/', headers })
}

/** Says where cookies were not kept, or not sent, although they were to be. */
export function cookieTrouble(keeper: SendingKeeper | undefined): string[] {
  const trouble = keeper?.trouble()
  return trouble === undefined ? [] : [`Cookies were not used. ${trouble}`]
}
