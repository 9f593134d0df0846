import type { TokenLife } from '@contract/tokens/tokens.ts'
import { leftInWords, leftShort, lifeState } from '../lib/life.ts'
import { useNow } from '../lib/use-now.ts'
import css from './ring.module.css'

/** A ring that empties as the token expires. Always next to the time in words. */
export function Ring({ life, size = 16 }: { life: TokenLife; size?: number }) {
  const { tone, fraction } = lifeState(life, useNow())
  const width = size >= 32 ? 5.5 : size / 4.6
  const radius = (size - width) / 2
  const round = 2 * Math.PI * radius
  return (
    <svg width={size} height={size} className={css.ring} data-tone={tone} aria-hidden="true">
      <g transform={`rotate(-90 ${size / 2} ${size / 2})`} fill="none" strokeWidth={width}>
        <circle cx={size / 2} cy={size / 2} r={radius} className={css.track} />
        <circle
          cx={size / 2}
          cy={size / 2}
          r={radius}
          className={css.left}
          strokeDasharray={
            tone === 'unknown' ? `${round / 12} ${round / 12}` : `${fraction * round} ${round}`
          }
        />
      </g>
    </svg>
  )
}

/** The time left in words, turning every second. */
export function TimeLeft({ life, short }: { life: TokenLife; short?: boolean }) {
  const now = useNow()
  return <span className={css.time}>{short ? leftShort(life, now) : leftInWords(life, now)}</span>
}
