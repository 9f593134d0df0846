import type { AuthoritiesView } from '@contract/authorities'
import type { Result } from '@contract/result'

/** Whose certificates are trusted. */
export interface Authorities {
  view: () => Promise<AuthoritiesView>
  useSystem: (on: boolean) => Promise<Result<AuthoritiesView>>
  /** Keeps a copy of a PEM file. */
  keepOwn: (name: string, pem: Uint8Array) => Promise<Result<AuthoritiesView>>
  removeOwn: () => Promise<Result<AuthoritiesView>>
  /** Trusts again what was last removed or replaced in this run; what is there now takes its place. */
  bringBack: () => Promise<Result<AuthoritiesView>>
  /** PEM of all that are trusted; `undefined` where it is those that come with the runtime. */
  trusted: () => Promise<readonly string[] | undefined>
}
