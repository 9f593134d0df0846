import { Timer } from 'lucide-react'
import { clock } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import css from './tab-strip.module.css'

/** How long until the request of a tab is sent by itself. */
export function TabWait({ until }: { until: number }) {
  const left = Math.max(0, until - useNow())
  const says = `sends in ${clock(Math.ceil(left / 1000) * 1000)}`
  return (
    <span className={css.wait} title={`This request ${says}`}>
      <Timer aria-hidden="true" />
      <span className="visually-hidden">, {says}</span>
    </span>
  )
}
