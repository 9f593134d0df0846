import { Plus, X } from 'lucide-react'
import { IconButton } from '../../../ui/button.tsx'
import css from './row-ends.module.css'

/** The beginning of a row: whether it is used; a plus where it is the empty one that waits at the end. */
export function RowStart({ which, last, enabled, onEnabled }: StartProps) {
  if (last) return <Plus className={css.plus} aria-hidden="true" />
  return (
    <input
      type="checkbox"
      aria-label={`Use ${which}`}
      className={css.check}
      checked={enabled}
      onChange={(event) => onEnabled(event.target.checked)}
    />
  )
}

/** The end of a row, which removes it. */
export function RowEnd({ which, last, onRemove }: EndProps) {
  if (last) return <span className={css.gap} />
  return (
    <IconButton label={`Remove ${which}`} onClick={onRemove}>
      <X />
    </IconButton>
  )
}

/** How a message names a row that was removed. */
export function rowCalled(name: string, which: string): string {
  return name.trim() === ''
    ? which.slice(0, 1).toUpperCase() + which.slice(1)
    : `“${name.trim().slice(0, 60)}”`
}

interface EndProps {
  /** What the row is called, e.g. `header 2`. */
  which: string
  /** Whether it is the empty one. */
  last: boolean
  onRemove: () => void
}

interface StartProps extends Omit<EndProps, 'onRemove'> {
  enabled: boolean
  onEnabled: (enabled: boolean) => void
}
