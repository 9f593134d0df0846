import { useScheme } from '../../lib/use-scheme.ts'
import { SchemeNotice } from '../../ui/scheme-notice.tsx'
import { Part } from './part.tsx'

/** Whether answers by the app's own scheme reach this app. */
export const RedirectSection = () => {
  const scheme = useScheme()
  return (
    <Part
      title="Sign-in redirect"
      says={
        <>
          After a sign-in the browser hands <code>app.gatehouse.desktop:</code> to the system, and the system
          to a program. Connections with the loopback redirect do without.
        </>
      }
    >
      <SchemeNotice {...scheme} />
    </Part>
  )
}
