import type { ExchangeView } from '@contract/requests'
import type { ExchangeRecord } from '../records/model.ts'

/** Bytes of a body that are searched. */
export const searchedBytes = 65_536

/** What a row of the history shows, as text. */
export function summaryText(row: Omit<ExchangeRecord, 'view'>): string {
  const { method, url, accountName = '', status, errorCode = '' } = row
  return `${method} ${url} ${accountName} ${status ?? 'failed'} ${errorCode}`
}

/** What can be searched of an exchange beside its row: headers and bodies. */
export function exchangeText(
  { sent, response }: Pick<ExchangeView, 'sent' | 'response'>,
  bodyText: (contentType: string) => string,
): string {
  const headers = [...sent.headers, ...(response?.headers ?? [])].map(([name, value]) => `${name}: ${value}`)
  const body = response?.firstText?.slice(0, searchedBytes) ?? bodyText(response?.contentType ?? '')
  return [...headers, (sent.bodyText ?? '').slice(0, searchedBytes), body].join('\n')
}

/** The host of an address, with its port, in lower case. */
export function hostOf(url: string): string {
  const start = url.indexOf('://')
  const rest = url.slice(start < 0 ? 0 : start + 3)
  return (/^[^/?#]*/.exec(rest)?.[0] ?? '').toLowerCase()
}
