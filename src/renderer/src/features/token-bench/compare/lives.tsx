import type { TokenLife } from '@contract/tokens/tokens.ts'
import { moment } from '../../../lib/format.ts'
import { leftLong, lifeState } from '../../../lib/life.ts'
import { useNow } from '../../../lib/use-now.ts'
import { livesScale, type Bar } from './lives-scale.ts'
import css from './compare.module.css'

/** The lives of two tokens, each a bar, on one line of time. */
export function Lives({ lives, names }: { lives: readonly TokenLife[]; names: readonly string[] }) {
  const now = useNow()
  const { bars, now: at, outside } = livesScale(lives, now)
  return (
    <div className={css.lives} role="list" aria-label="Lifetimes on one timeline">
      <div className={css.axis} aria-hidden="true">
        <span
          className={css.nowText}
          data-side={at > 80 ? 'end' : at < 20 ? 'start' : 'middle'}
          style={{ left: `${at}%` }}
        >
          {outside === 'before' ? '← now' : outside === 'after' ? 'now →' : 'now'}
        </span>
      </div>
      {lives.map((life, index) => (
        <div key={index} className={css.life} role="listitem">
          <strong>{names[index]}</strong>
          <LifeBar bar={bars[index] ?? null} life={life} now={now} at={at} />
          <span className={css.told}>{told(life, now)}</span>
        </div>
      ))}
    </div>
  )
}

function LifeBar({ bar, life, now, at }: { bar: Bar | null; life: TokenLife; now: number; at: number }) {
  return (
    <svg
      className={css.bar}
      width="100%"
      height="14"
      aria-hidden="true"
      data-tone={lifeState(life, now).tone}
    >
      <line x1="0" x2="100%" y1="7" y2="7" className={css.track} />
      {bar && (
        <line
          x1={`${bar.from}%`}
          x2={`${bar.to}%`}
          y1="7"
          y2="7"
          className={css.lived}
          data-open={bar.open}
        />
      )}
      <line x1={`${at}%`} x2={`${at}%`} y1="0" y2="14" className={css.now} />
    </svg>
  )
}

/** `13:45:28 to 14:45:28, 10 min left`. */
function told(life: TokenLife, now: number): string {
  const from = life.issuedAt ?? life.notBefore
  const begin = from === undefined ? '' : moment(from, now)
  const end = life.expiresAt === undefined ? '' : moment(life.expiresAt, now)
  if (begin === '' && end === '') return 'no times stated'
  const span = end === '' ? `from ${begin}` : begin === '' ? `until ${end}` : `${begin} to ${end}`
  return `${span}, ${leftLong(life, now)}`
}
