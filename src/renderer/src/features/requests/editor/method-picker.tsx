import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { methodPattern } from '@contract/words.ts'
import { Select } from '../../../ui/select/select.tsx'
import { methods } from '../drafts.ts'
import css from './request-bar.module.css'

/** The entry of the list for one that is typed. */
const other = 'Other…'

interface Props {
  method: string
  onPick: (method: string) => void
}

/** The method of a request: one of the usual, or any that is typed. */
export function MethodPicker({ method, onPick }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const known: readonly string[] = methods
  const options = known.includes(method) ? known : [method, ...known]
  const dropped = useRef(false)
  const fault = useId()
  const isWrong = typed !== null && typed !== '' && !methodPattern.test(typed)
  function end(): void {
    if (typed && !isWrong && !dropped.current) onPick(typed)
    dropped.current = false
    setTyped(null)
  }
  /** Both keys lead to the address, so that the focus is not lost with the field. */
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key !== 'Escape' && (event.key !== 'Enter' || event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Enter' && isWrong) return
    dropped.current = event.key === 'Escape'
    event.currentTarget.form?.querySelector<HTMLInputElement>('[aria-label="URL"]')?.focus()
  }
  if (typed !== null)
    return (
      <>
        <input
          autoFocus
          aria-label="Method"
          aria-invalid={isWrong || undefined}
          aria-describedby={isWrong ? fault : undefined}
          className={css.typed}
          spellCheck={false}
          autoComplete="off"
          maxLength={32}
          placeholder="METHOD"
          value={typed}
          onChange={({ target }) => setTyped(target.value.toUpperCase())}
          onBlur={end}
          onKeyDown={onKeyDown}
        />
        {isWrong && (
          <span id={fault} role="alert" className={css.fault}>
            Not a method: letters, digits and {"!#$%&'*+-.^_`|~"} only.
          </span>
        )}
      </>
    )
  return (
    <Select
      aria-label="Method"
      className={css.method}
      data-look={method}
      value={method}
      options={[...options, other].map((each) => [each, each] as const)}
      onPick={(picked) => (picked === other ? setTyped('') : onPick(picked))}
    />
  )
}
