import { useScheme } from '../../../lib/use-scheme.ts'
import { SchemeNotice } from '../../../ui/scheme-notice.tsx'

/** After so long, in milliseconds, it is worth a look whether the answer can come at all. */
export const slowAfter = 20_000

/** Shown where a sign-in by the app's own scheme is slow: a browser may have been told to forget about it, or the
 *  system hands the scheme to someone else. */
export function SlowRedirect() {
  return (
    <>
      <p className="note">
        Signed in, but nothing happened? Your browser may be asking for permission to open Gatehouse.
      </p>
      <SchemeNotice {...useScheme()} />
    </>
  )
}
