import { Copy } from 'lucide-react'
import { IconButton } from './button.tsx'
import css from './list/data-table.module.css'

interface Props {
  text: string
  /** What the button does, for those who do not see it. */
  label: string
  onCopy: () => void
  /** Before the text: what it is. */
  name?: string
}

/** A value in a table with a button that copies it. */
export function Copyable({ text, label, onCopy, name }: Props) {
  return (
    <span className={css.copied}>
      {name !== undefined && <span className="note">{name}</span>} <code>{text}</code>
      <IconButton label={label} onClick={onCopy}>
        <Copy />
      </IconButton>
    </span>
  )
}
