import { useEffect, useState } from 'react'
import { Braces, Copy, Eye, EyeOff } from 'lucide-react'
import { useWorkspace } from '../../../../lib/workspace.ts'
import { IconButton } from '../../../../ui/button.tsx'
import { coveredLabel } from './covered-label.ts'
import css from './response-headers.module.css'

interface Props {
  exchangeId: string
  /** Its place among the headers. */
  header: number
  name: string
  /** The value as it is shown and kept. */
  shown: string
  /** Asks what to call it as a variable. */
  onKeep: () => void
}

/** A header's value that is covered until it is asked for, and again after a while. */
export function CoveredHeader({ exchangeId, header, name, shown, onKeep }: Props) {
  const { bridge, toasts } = useWorkspace()
  const [revealed, setRevealed] = useState<{ text: string; hideAfterSeconds: number }>()
  const which = { id: exchangeId, header }
  const label = coveredLabel(name, shown)

  useEffect(() => {
    if (revealed === undefined) return
    const timer = setTimeout(() => setRevealed(undefined), revealed.hideAfterSeconds * 1000)
    return () => clearTimeout(timer)
  }, [revealed])

  async function onReveal(): Promise<void> {
    const answer = await bridge.call['exchanges:reveal-header'](which)
    if (answer.ok) setRevealed(answer.value)
    else toasts.getState().fail(answer.error)
  }
  async function onCopy(): Promise<void> {
    const answer = await bridge.call['exchanges:copy-header'](which)
    if (!answer.ok) return toasts.getState().fail(answer.error)
    const { clearAfterSeconds } = answer.value
    toasts
      .getState()
      .show(`Copied. The clipboard is cleared in ${clearAfterSeconds} s if it still holds the value.`, 'ok')
  }
  return (
    <div className={css.covered}>
      {revealed === undefined ? (
        <span className={css.value}>{shown}</span>
      ) : (
        // It may scroll, which takes the keyboard.
        <span className={css.value} role="group" aria-label={label} tabIndex={0}>
          {revealed.text}
        </span>
      )}
      <span className={css.actions}>
        {revealed === undefined ? (
          <IconButton label={`Reveal ${label}`} onClick={() => void onReveal()}>
            <Eye />
          </IconButton>
        ) : (
          <IconButton label={`Hide ${label}`} onClick={() => setRevealed(undefined)}>
            <EyeOff />
          </IconButton>
        )}
        <IconButton label={`Copy ${label}`} onClick={() => void onCopy()}>
          <Copy />
        </IconButton>
        <IconButton label={`Save ${label} as a variable`} onClick={onKeep}>
          <Braces />
        </IconButton>
      </span>
    </div>
  )
}
