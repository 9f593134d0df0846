import { invisibleIn } from '../lib/invisible.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

interface Props {
  /** What the text is called. */
  label: string
  text: string
  onTakeOut: (without: string) => void
}

/** What does not show in a text that was pasted, and a press to take it out; it is sent as it is otherwise. */
export function InvisibleNotice({ label, text, onTakeOut }: Props) {
  const invisible = invisibleIn(text)
  if (invisible === undefined) return null
  return (
    <Notice
      tone="warn"
      actions={
        <Button small onClick={() => onTakeOut(invisible.without)}>
          Take it out
        </Button>
      }
    >
      {label}: {invisible.names}. You cannot see it, but it would be sent.
    </Notice>
  )
}
