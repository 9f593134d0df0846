import { bench } from './store.ts'
import css from './verdict-bar.module.css'

/** The defects of the text, each with its place; a press on it selects the place in the text. */
export function MarkList({ select }: { select: (start: number, end: number) => void }) {
  const marks = bench.use((state) => state.marks)
  if (marks.length === 0) return null
  return (
    <ul className={css.marks} aria-label="Defects in the text">
      {marks.map(({ code, start, end, message }) => (
        <li key={`${code} ${start}`}>
          <button type="button" onClick={() => select(start, end)}>
            {start === end ? `After character ${start}` : `Character ${start + 1}`}
          </button>{' '}
          {message} <code>{code}</code>
        </li>
      ))}
    </ul>
  )
}
