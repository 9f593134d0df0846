import { useState } from 'react'
import { longestDrawn } from '@contract/tables/body-sizes.ts'
import { size } from '../../../../lib/format.ts'
import { Button } from '../../../../ui/button.tsx'
import css from './views.module.css'

interface Props {
  id: string
  total: number
  isAsked: boolean
  onAsk: () => void
}

/** A web page as it would look, once someone asks for it: in a frame without scripts and without network. */
export function DrawnPage({ id, total, isAsked, onAsk }: Props) {
  if (total > longestDrawn)
    return (
      <div className={css.offer}>
        <p>This page is too large to be drawn ({size(longestDrawn)} at most). View it as text, or save it.</p>
      </div>
    )
  if (!isAsked)
    return (
      <div className={css.offer}>
        <p>
          The page is drawn in a sandbox. No script runs and nothing is loaded, so pictures and styles that
          come from the network are missing.
        </p>
        <Button onClick={onAsk}>Render the page</Button>
      </div>
    )
  return <Frame id={id} />
}

/** The page in its frame. A link in it leads nowhere, which the browser shows as an empty page: it is drawn again. */
function Frame({ id }: { id: string }) {
  const [turn, setTurn] = useState(0)
  const [isThere, setThere] = useState(false)
  return (
    <iframe
      key={turn}
      className={css.frame}
      sandbox=""
      src={`/drawn/${id}`}
      title="The response as a page"
      onLoad={() => {
        if (isThere) setTurn(turn + 1)
        setThere(!isThere)
      }}
    />
  )
}
