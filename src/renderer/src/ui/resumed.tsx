import { useState } from 'react'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

/** Says in a dialog that what was entered before it was closed is still there. */
export function Resumed({ of: { changed, forget } }: { of: { changed: boolean; forget: () => void } }) {
  const [resumed] = useState(changed)
  if (!resumed || !changed) return null
  return (
    <Notice
      title="What you entered earlier is still here"
      actions={
        <Button small onClick={forget}>
          Start over
        </Button>
      }
    />
  )
}
