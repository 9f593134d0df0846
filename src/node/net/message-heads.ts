import type { WireRequest } from '../../core/http/wire.ts'
import { acceptedCodings } from './decode-body.ts'

/** A request with the headers that every one has, where it does not say otherwise. */
export function withDefaults(request: WireRequest, userAgent: string): WireRequest {
  const has = (name: string) => request.headers.some(([other]) => other.toLowerCase() === name)
  const headers = [...request.headers]
  if (!has('user-agent')) headers.push(['User-Agent', userAgent])
  if (!has('accept')) headers.push(['Accept', '*/*'])
  if (!has('accept-encoding')) headers.push(['Accept-Encoding', acceptedCodings])
  return { ...request, headers }
}

/** The first value of a header. */
export function headerOf(headers: readonly [string, string][], name: string): string | undefined {
  return headers.find(([other]) => other.toLowerCase() === name)?.[1]
}

/** All values of a header that is a list (RFC 9110 section 5.3). */
export function listOf(headers: readonly [string, string][], name: string): string {
  return headers.flatMap(([other, value]) => (other.toLowerCase() === name ? value : [])).join(', ')
}

/** Whether a response has no body, whatever its head says (RFC 9112 section 6.3). */
export function isBodiless(method: string, status: number): boolean {
  return method === 'HEAD' || status === 204 || status === 304
}

/** RFC 9449 section 9: the server refuses a proof only because it wants its own nonce in it. */
export function wantsNonce(status: number, headers: readonly [string, string][]): boolean {
  return (
    status === 401 &&
    headerOf(headers, 'dpop-nonce') !== undefined &&
    headers.some(
      ([name, value]) => name.toLowerCase() === 'www-authenticate' && /\buse_dpop_nonce\b/.test(value),
    )
  )
}
