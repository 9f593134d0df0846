import type { ReactNode } from 'react'
import css from './tag.module.css'

export type Tone = 'plain' | 'ok' | 'warn' | 'bad' | 'accent'

export const Tag = ({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) => (
  <span className={`${css.tag} ${css[tone]}`}>{children}</span>
)

/** Words of a list, each in a tag. */
export const Tags = ({ items, tone }: { items: string[]; tone?: Tone }) => (
  <span className={css.tags}>
    {items.map((item, index) => (
      <Tag key={`${index}:${item}`} tone={tone}>
        {item}
      </Tag>
    ))}
  </span>
)

/** The tone of an HTTP status. */
export const statusTone = (status: number | undefined): Tone =>
  status === undefined || status >= 400 ? 'bad' : status >= 300 ? 'warn' : 'ok'

export const Kbd = ({ children }: { children: ReactNode }) => <kbd className={css.kbd}>{children}</kbd>

/** A request method, coloured by what it does. */
export const Method = ({ method }: { method: string }) => (
  <span className={css.method} data-method={method}>
    {method === 'DELETE' ? 'DEL' : method === 'OPTIONS' ? 'OPT' : method}
  </span>
)
