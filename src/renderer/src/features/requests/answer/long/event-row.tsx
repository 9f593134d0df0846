import { JsonLine } from '../../../../ui/code/code-text.tsx'
import css from './long-body.module.css'

/** An event of a stream (WHATWG HTML, 9.2) in one line: its type and number where it has them, and its data. */
export function EventRow({ text }: { text: string }) {
  const fields = text.split(/\r\n|\n|\r/).map(fieldOf)
  const of = (name: string): string[] => fields.flatMap(([key, value]) => (key === name ? [value] : []))
  const data = of('data').join('↵')
  const [type] = of('event')
  const [id] = of('id')
  const comment = of('').join(' ')
  return (
    <>
      {type !== undefined && <span className={css.type}>{type}</span>}
      {id !== undefined && <span className={css.id}>#{id}</span>}
      {data === '' ? (
        <span className="faint">{comment === '' ? 'no data' : comment}</span>
      ) : (
        <JsonLine text={data} />
      )}
    </>
  )
}

/** The name of a field and its value; a comment has none. */
function fieldOf(line: string): [string, string] {
  const colon = line.indexOf(':')
  if (colon === -1) return [line, '']
  const value = line.slice(colon + 1)
  return [line.slice(0, colon), value.startsWith(' ') ? value.slice(1) : value]
}
