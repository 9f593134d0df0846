import { useEffect, useState } from 'react'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import css from './secrets-note.module.css'

/** Milliseconds after which an address that is being typed is asked about. */
const pause = 250

/** Says before anything is sent that TLS is not checked for this server. */
export function WayNote({ url }: { url: string }) {
  const { bridge, tabs } = useWorkspace()
  const [uncheckedUrl, setUncheckedUrl] = useState<string | null>(null)
  useEffect(() => {
    if (url.trim() === '') return undefined
    let over = false
    const timer = setTimeout(() => {
      void bridge.call['network:rule']({ url }).then((answer) => {
        if (!over) setUncheckedUrl(answer.ok && answer.value.unchecked ? url : null)
      })
    }, pause)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [bridge, url])
  if (uncheckedUrl !== url) return null
  return (
    <div className={css.note}>
      <Notice
        tone="bad"
        title="TLS is not checked for this server"
        actions={
          <Button small onClick={() => tabs.getState().showSettings('network')}>
            Open Settings › Network
          </Button>
        }
      >
        Anyone in between can read and change what is sent, including tokens: you turned the check off.
      </Notice>
    </div>
  )
}
