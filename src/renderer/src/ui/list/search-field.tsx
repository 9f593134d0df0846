import { Search, X } from 'lucide-react'
import { IconButton } from '../button.tsx'
import css from './search-field.module.css'

interface Props {
  label: string
  placeholder: string
  value: string
  onSearch: (text: string) => void
}

/** Narrows a list: is below the heading of a `ListPane` that comes after it. Escape empties it. */
export function SearchField({ label, placeholder, value, onSearch }: Props) {
  return (
    <div className={css.search} role="search" data-box>
      <Search aria-hidden="true" />
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        spellCheck={false}
        maxLength={200}
        value={value}
        onChange={(event) => onSearch(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return
          event.preventDefault()
          onSearch('')
        }}
      />
      {value !== '' && (
        <IconButton label="Clear the search" onClick={() => onSearch('')}>
          <X />
        </IconButton>
      )}
    </div>
  )
}
