import { useEffect, useState } from 'react'
import type { NetworkView } from '@contract/network/network.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Notice } from '../../../ui/notice.tsx'
import css from '../settings.module.css'
import { HostsPart } from './hosts-part.tsx'
import { LoginsPart } from './logins-part.tsx'
import { MannerPart } from './manner-part.tsx'
import { ProxyPart } from './proxy-part.tsx'
import { WayPart } from './way-part.tsx'

/** How messages reach servers, sign-in and requests alike. */
export function NetworkSection() {
  const { bridge, toasts } = useWorkspace()
  const [view, setView] = useState<NetworkView | null>(null)
  useEffect(() => {
    function read(): void {
      void bridge.call['network:read']({}).then((answer) => {
        if (answer.ok) setView(answer.value)
        else toasts.getState().fail(answer.error)
      })
    }
    read()
    return bridge.on('changed', ({ area }) => {
      if (area === 'network') read()
    })
  }, [bridge, toasts])
  if (!view) return null
  return (
    <>
      {view.trouble && (
        <div className={css.trouble}>
          <Notice tone="bad" title={view.trouble.message} next={view.trouble.next} />
        </div>
      )}
      <ProxyPart view={view} onSaved={setView} />
      {(view.settings.proxy.kind === 'system' || view.settings.proxy.kind === 'pac') && (
        <LoginsPart view={view} onSaved={setView} />
      )}
      <HostsPart view={view} onSaved={setView} />
      <MannerPart view={view} onSaved={setView} />
      <WayPart />
    </>
  )
}
