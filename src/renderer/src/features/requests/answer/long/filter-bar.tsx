import { useCallback, useEffect, useId, useRef, useState } from 'react'
import type { Failure } from '@contract/result.ts'
import { useWorkspace } from '../../../../lib/workspace.ts'
import { Button } from '../../../../ui/button.tsx'
import css from './long-body.module.css'

interface Props {
  id: string
  /** Given the body that holds what was found; nothing where all is shown again. */
  onFiltered: (id: string | undefined) => void
}

/** Narrows a body to what a JSONPath leads to: Enter looks, an emptied field shows all again. */
export function FilterBar({ id, onFiltered }: Props) {
  const { bridge } = useWorkspace()
  const [path, setPath] = useState('')
  const [failure, setFailure] = useState<Failure>()
  const made = useRef<string>(undefined)
  const name = useId()

  const letGo = useCallback(() => {
    if (made.current !== undefined) void bridge.call['exchanges:release']({ id: made.current })
    made.current = undefined
  }, [bridge])
  useEffect(() => letGo, [letGo])
  function show(body: string | undefined): void {
    letGo()
    made.current = body
    onFiltered(body)
  }
  async function filter(): Promise<void> {
    if (path.trim() === '') return show(undefined)
    const answer = await bridge.call['bodies:filter']({ id, path })
    if (answer.ok) show(answer.value.id)
    else setFailure(answer.error)
  }
  return (
    <form
      className={css.search}
      onSubmit={(event) => {
        event.preventDefault()
        void filter()
      }}
    >
      <input
        type="search"
        aria-label="Filter by JSONPath"
        aria-describedby={name}
        placeholder="Filter by JSONPath: $.items[*].name"
        spellCheck={false}
        maxLength={1000}
        value={path}
        onChange={(event) => {
          setPath(event.target.value)
          setFailure(undefined)
          if (event.target.value === '') show(undefined)
        }}
      />
      <Button small type="submit" disabled={path.trim() === ''}>
        Filter
      </Button>
      <span id={name} className={css.outcome} role="status" data-bad={failure !== undefined || undefined}>
        {failure && `${failure.message} ${failure.next ?? ''}`}
      </span>
    </form>
  )
}
