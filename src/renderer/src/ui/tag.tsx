import type { ReactNode } from 'react'
import css from './tag.module.css'

export type Tone = 'plain' | 'ok' | 'warn' | 'bad' | 'accent'

export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`${css.tag} ${css[tone]}`}>{children}</span>
}

/** Words of a list, each in a tag. */
export function Tags({ items, tone }: { items: string[]; tone?: Tone }) {
  return (
    <span className={css.tags}>
      {items.map((item, index) => (
        <Tag key={`${index}:${item}`} tone={tone}>
          {item}
        </Tag>
      ))}
    </span>
  )
}

/** The tone of an HTTP status. */
export function statusTone(status: number | undefined): Tone {
  return status === undefined || status >= 400 ? 'bad' : status >= 300 ? 'warn' : 'ok'
}

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className={css.kbd}>{children}</kbd>
}

/** A request method, coloured by what it does. */
export function Method({ method }: { method: string }) {
  return (
    <span className={css.method} data-method={method}>
      {method === 'DELETE' ? 'DEL' : method === 'OPTIONS' ? 'OPT' : method}
    </span>
  )
}
