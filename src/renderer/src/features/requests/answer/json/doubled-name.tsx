import css from './json-tree.module.css'

/** Marks a member whose name its object has already: many readers take the last one alone. */
export function DoubledName() {
  return (
    <span className={css.doubled} title="Duplicate name in this object: many parsers keep only the last one.">
      name occurs twice
    </span>
  )
}
