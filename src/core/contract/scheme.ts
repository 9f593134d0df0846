/** Who the operating system hands `app.gatehouse.desktop` to. `other`: another program, or another copy of
 *  Gatehouse. */
export interface SchemeState {
  registered: boolean | 'other'
  /** The program that gets it now, as far as the system names one. */
  handler?: string
  says: string
  next?: string
  /** What is to be registered at providers. */
  redirects: RedirectUris
  /** The last test since the start. */
  lastTest?: { worked: boolean; at: number }
}

/** Redirect URIs of Gatehouse. That of `loopback` has no port: one is chosen at each sign-in (RFC 8252 section 7.3). */
export interface RedirectUris {
  'custom-scheme': string
  loopback: string
}

/** What became of an address that was opened to see whether it comes back. */
export interface SchemeTest {
  worked: boolean
  /** Until it was back, in milliseconds. */
  took?: number
  says: string
  next?: string
}
