import css from './json-tree.module.css'

/** Marks a member whose name its object has already: many readers take the last one alone. */
export function DoubledName() {
  return (
    <span
      className={css.doubled}
      title="Its object has this name already: many readers take only the last one."
    >
      name occurs twice
    </span>
  )
}
