import { callbackScheme } from './redirect-address.ts'

/** An address of our scheme that carries no response: only to see whether the system brings it back. */
export function schemePing(nonce: string): string {
  return `${callbackScheme}:/ping?${nonce}`
}

const forms = [`${callbackScheme}:/ping`, `${callbackScheme}:///ping`]

/** Whether a URL that the system handed over is such an address, ours or not. */
export function isSchemePing(url: string): boolean {
  return forms.includes(url.replace(/[?#].*/s, ''))
}

/** The nonce of such an address; `undefined` where it is none or not sound. */
export function readSchemePing(url: string): string | undefined {
  return isSchemePing(url) ? /^[^?#]+\?([\w-]{16,64})$/.exec(url)?.[1] : undefined
}
