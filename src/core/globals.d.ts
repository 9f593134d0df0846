/** The few names beyond ECMAScript that the core may use: pure functions of the WHATWG specifications that
 *  every runtime has. No network, no clock, no randomness: those are arguments. */

interface URLSearchParams {
  readonly size: number
  append(name: string, value: string): void
  delete(name: string): void
  get(name: string): string | null
  getAll(name: string): string[]
  has(name: string): boolean
  set(name: string, value: string): void
  toString(): string
  [Symbol.iterator](): IterableIterator<[string, string]>
}
declare var URLSearchParams: {
  prototype: URLSearchParams
  new (init?: string | string[][] | Record<string, string> | URLSearchParams): URLSearchParams
}

interface URL {
  hash: string
  host: string
  hostname: string
  href: string
  readonly origin: string
  password: string
  pathname: string
  port: string
  protocol: string
  search: string
  readonly searchParams: URLSearchParams
  username: string
  toString(): string
}
declare var URL: {
  prototype: URL
  new (url: string | URL, base?: string | URL): URL
  canParse(url: string, base?: string): boolean
}

interface Headers {
  get(name: string): string | null
  getSetCookie(): string[]
  has(name: string): boolean
  set(name: string, value: string): void
}

interface Response {
  readonly headers: Headers
  readonly ok: boolean
  readonly status: number
  readonly statusText: string
  clone(): Response
  text(): Promise<string>
}
declare var Response: {
  prototype: Response
  new (
    body?: string | null,
    init?: {
      status?: number
      statusText?: string
      headers?: Headers | [string, string][] | Record<string, string>
    },
  ): Response
}

interface AbortSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

interface AbortController {
  readonly signal: AbortSignal
  abort(): void
}
declare var AbortController: { prototype: AbortController; new (): AbortController }

interface TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number }
}
declare var TextEncoder: { prototype: TextEncoder; new (): TextEncoder }

interface TextDecoder {
  decode(input?: Uint8Array, options?: { stream?: boolean }): string
}
declare var TextDecoder: {
  prototype: TextDecoder
  new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder
}

interface SubtleCrypto {
  digest(algorithm: string, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
}
interface Crypto {
  readonly subtle: SubtleCrypto
}
declare var crypto: Crypto

declare function atob(data: string): string
declare function btoa(data: string): string
declare function structuredClone<T>(value: T): T
