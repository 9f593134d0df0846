import { z } from 'zod'
import { call } from './call.ts'
import { nothing } from '@contract/limits'
import { type SchemeState, type SchemeTest } from '@contract/scheme'

const redirect = z.enum(['custom-scheme', 'loopback'])

export const schemeCalls = {
  /** Asks the system; changes nothing. */
  'scheme:check': call(nothing).returns<SchemeState>(),
  /** Registers this app again, then asks. */
  'scheme:repair': call(nothing).returns<SchemeState>(),
  /** Opens an address of the scheme and waits for it to come back. */
  'scheme:test': call(nothing).returns<SchemeTest>(),
  /** Copies a redirect URI. */
  'scheme:copy': call(z.object({ redirect }).strict()).returns<null>(),
}
