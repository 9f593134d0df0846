import type { TokenLife } from '@contract/tokens/tokens.ts'
import { moment } from '../../lib/format.ts'
import { leftLong, lifeState } from '../../lib/life.ts'
import { useNow } from '../../lib/use-now.ts'
import css from './timeline.module.css'

const [from, to, past] = [6, 88, 98]

/** The life of a token from issue to expiry, with now in it. */
export function Timeline({ life, skew, mark }: Props) {
  const clock = useNow()
  const now = mark?.at ?? clock
  const nowText = `${mark?.label ?? 'now'} ${moment(now, clock)}`
  const { tone } = lifeState(life, now)
  const end = life.expiresAt
  if (end === undefined) {
    return (
      <p className={css.none}>
        No expiry is stated{life.issuedAt ? `; issued ${moment(life.issuedAt, clock)}` : ''}. Only the
        provider knows how long this token is valid.
      </p>
    )
  }
  const issued = life.issuedAt ?? life.notBefore
  const start = issued ?? Math.min(now, end - 60_000)
  const [a, b, n] = [from, to, place(now, start, end)]
  const nbf = life.notBefore !== undefined && life.notBefore !== issued ? life.notBefore : undefined
  const side = n > 50 ? 'end' : 'start'
  return (
    <svg
      className={css.timeline}
      data-tone={tone}
      width="100%"
      height="58"
      role="img"
      aria-label={`${mark ? `${nowText}, expires` : 'Expires'} ${moment(end, clock)}: ${leftLong(life, now)}${skew === undefined ? '' : `; ${clockText(skew)}`}`}
    >
      <line x1="1%" x2="99%" y1="28" y2="28" className={css.track} />
      <line x1={`${a}%`} x2={`${Math.min(n, b)}%`} y1="28" y2="28" className={css.gone} />
      {n < b && <line x1={`${Math.max(n, a)}%`} x2={`${b}%`} y1="28" y2="28" className={css.left} />}
      {n > b && <line x1={`${b}%`} x2={`${n}%`} y1="28" y2="28" className={css.over} />}
      {issued !== undefined && (
        <>
          <circle cx={`${a}%`} cy="28" r="5" className={css.issued} />
          <text x={`${a}%`} y="52" textAnchor={anchor(a)}>
            issued {moment(issued, clock)}
          </text>
        </>
      )}
      {nbf !== undefined && (
        <>
          <circle cx={`${place(nbf, start, end)}%`} cy="28" r="4" className={css.issued} />
          <text x={`${place(nbf, start, end)}%`} y="52" textAnchor="start">
            valid from {moment(nbf, clock)}
          </text>
        </>
      )}
      <circle cx={`${b}%`} cy="28" r="5" className={css.expires} />
      <text x={`${b}%`} y="52" textAnchor="middle" className={css.end}>
        {now >= end ? 'expired' : 'expires'} {moment(end, clock)}
      </text>
      {skew !== undefined && (
        <text x={n > 30 ? '1%' : '99%'} y="10" textAnchor={n > 30 ? 'start' : 'end'} className={css.clock}>
          {clockText(skew)}
        </text>
      )}
      <line x1={`${n}%`} x2={`${n}%`} y1="15" y2="41" className={css.now} />
      <text x={`${n}%`} y="10" textAnchor={side}>
        {side === 'start' && <tspan className={css.nowText}>{nowText}</tspan>}
        <tspan className={css.leftText} dx={side === 'start' ? 10 : 0}>
          {leftLong(life, now)}
        </tspan>
        {side === 'end' && (
          <tspan className={css.nowText} dx="10">
            {nowText}
          </tspan>
        )}
      </text>
    </svg>
  )
}

/** Percent of the width: issue and expiry have fixed places, what lies outside is drawn at the ends. */
function place(at: number, start: number, end: number): number {
  const share = end > start ? (at - start) / (end - start) : 1
  return Math.min(past, Math.max(2, from + share * (to - from)))
}

function anchor(percent: number): 'start' | 'middle' | 'end' {
  return percent < 12 ? 'start' : percent > 80 ? 'end' : 'middle'
}

interface Props {
  life: TokenLife
  skew?: number
  /** Another moment than now to be marked, and what happened then. */
  mark?: { at: number; label: string }
}

/** `server clock −2 s`: how far the issuer’s clock is off. */
function clockText(skew: number): string {
  const seconds = Math.round(skew / 1000)
  const sign = seconds > 0 ? '+' : seconds < 0 ? '−' : '±'
  const size = Math.abs(seconds)
  return `server clock ${sign}${size < 120 ? `${size} s` : `${Math.round(size / 60)} min`}`
}
