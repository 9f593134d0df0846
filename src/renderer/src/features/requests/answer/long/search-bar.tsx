import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import type { BodyRows } from '@contract/bodies.ts'
import { count as counted } from '../../../../lib/format.ts'
import { IconButton } from '../../../../ui/button.tsx'
import { useSearch, type Sought } from './use-search.ts'
import css from './long-body.module.css'

interface Props {
  id: string
  as: BodyRows['as']
  /** Bytes that can be searched by now. */
  size: number
  /** Lines that there are by now. */
  lines: number
  onFind: (line: number | undefined) => void
  onClose: () => void
}

const nothing: Sought = { text: '', pattern: false, matchCase: false, path: false, hit: 0 }

/** Looks for a text or a regular expression in all of a body; Enter goes to the next find, Shift Enter to the one
 *  before. */
export function SearchBar({ id, as, size, lines, onFind, onClose }: Props) {
  const [sought, setSought] = useState(nothing)
  const name = useId()
  const field = useRef<HTMLInputElement>(null)
  const { found, trouble } = useSearch(id, as, sought)
  const line = found?.line
  useEffect(() => onFind(line), [onFind, line])
  useEffect(() => field.current?.focus(), [])
  const total = found?.total ?? 0

  function go(by: number): void {
    if (total > 0) setSought((before) => ({ ...before, hit: (before.hit + by + total) % total }))
  }
  function outcome(): string {
    if (trouble !== undefined) return trouble
    if (sought.text === '' || !found) return ''
    const searched =
      found.done || size === 0 ? '' : ` · searched ${Math.floor((found.searched / size) * 100)} %`
    if (total === 0) return found.done ? 'Not found' : `Searching${searched}`
    return `${(sought.hit + 1).toLocaleString('en')} of ${total.toLocaleString('en')}${found.capped ? ' or more' : ''}${searched}`
  }

  return (
    <div className={css.search} role="search" aria-label="In the body">
      <input
        ref={field}
        type="search"
        aria-label="Search the body"
        aria-describedby={name}
        placeholder="Search the body"
        spellCheck={false}
        maxLength={1000}
        value={sought.text}
        onChange={(event) => setSought({ ...sought, text: event.target.value, hit: 0 })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go(event.shiftKey ? -1 : 1)
          else if (event.key === 'Escape') onClose()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      <label className={css.option}>
        <input
          type="checkbox"
          checked={sought.pattern}
          onChange={(event) => setSought({ ...sought, pattern: event.target.checked, path: false, hit: 0 })}
        />
        Regular expression
      </label>
      {as === 'json' && (
        <label className={css.option} title="Jumps to the values a path selects: $.items[*].name">
          <input
            type="checkbox"
            checked={sought.path}
            onChange={(event) => setSought({ ...sought, path: event.target.checked, pattern: false, hit: 0 })}
          />
          JSONPath
        </label>
      )}
      <label className={css.option}>
        <input
          type="checkbox"
          disabled={sought.path}
          checked={sought.matchCase}
          onChange={(event) => setSought({ ...sought, matchCase: event.target.checked, hit: 0 })}
        />
        Match case
      </label>
      <GoToLine as={as} count={lines} onGo={onFind} />
      <span id={name} className={css.outcome} role="status" data-bad={trouble !== undefined || undefined}>
        {outcome()}
      </span>
      <IconButton label="Previous match" disabled={total === 0} onClick={() => go(-1)}>
        <ChevronUp />
      </IconButton>
      <IconButton label="Next match" disabled={total === 0} onClick={() => go(1)}>
        <ChevronDown />
      </IconButton>
      <IconButton label="Close the search" onClick={onClose}>
        <X />
      </IconButton>
      <span className="visually-hidden">{total > 0 ? counted(total, 'find') : ''}</span>
    </div>
  )
}

/** Goes to a line by its number. */
function GoToLine({ as, count, onGo }: { as: BodyRows['as']; count: number; onGo: (line: number) => void }) {
  const what = as === 'table' ? 'row' : as === 'records' ? 'message' : 'line'
  const [text, setText] = useState('')
  return (
    <input
      className={css.line}
      inputMode="numeric"
      aria-label={`Go to ${what}`}
      placeholder={`Go to ${what}`}
      maxLength={12}
      value={text}
      onChange={(event) => setText(event.target.value.replaceAll(/\D/g, ''))}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || text === '') return
        event.preventDefault()
        onGo(Math.max(0, Math.min(count, Number(text)) - 1))
      }}
    />
  )
}
