import { useEffect, useRef, useState } from 'react'
import type { BodyState } from '@contract/bodies.ts'
import { size, span } from '../../../../lib/format.ts'
import { Button } from '../../../../ui/button.tsx'
import css from './long-body.module.css'

interface Props {
  state: BodyState
  /** Set while more comes; `expected`: bytes on the wire, where the server says so. */
  arriving?: { expected?: number }
  onStop?: () => void
}

/** How much of a body has come, how fast, and how long the rest takes; nothing once all can be read. */
export function ArrivalProgress({ state, arriving, onStop }: Props) {
  const rate = useRate(state.received)
  if (state.failure)
    return (
      <div className={css.progress} role="alert">
        <span>
          {state.failure.message} {state.failure.next}
        </span>
      </div>
    )
  if (arriving === undefined && state.whole) return null
  const { expected } = arriving ?? {}
  const left = expected !== undefined && rate > 0 ? ((expected - state.received) / rate) * 1000 : undefined
  const parts = arriving
    ? [
        `Received ${size(state.received)}${expected === undefined ? '' : ` of ${size(expected)}`}`,
        rate > 0 ? `${size(rate)}/s` : '',
        left !== undefined && left > 500 ? `${span(left + 999)} left` : '',
      ]
    : [`Read ${size(state.size)} of ${size(state.received)}`]
  const whole = arriving ? expected : state.received
  return (
    <div className={css.progress}>
      {whole !== undefined && (
        <progress
          aria-label="Received"
          max={whole}
          value={Math.min(whole, arriving ? state.received : state.size)}
        />
      )}
      <span className="grow clip">{parts.filter(Boolean).join(' · ')}</span>
      {onStop && (
        <Button small onClick={onStop} title="Stop receiving and keep what has arrived">
          Stop
        </Button>
      )}
    </div>
  )
}

/** Bytes a second, over the last seconds. */
function useRate(received: number): number {
  const seen = useRef<{ at: number; received: number }[]>([])
  const [rate, setRate] = useState(0)
  useEffect(() => {
    const now = performance.now()
    seen.current = [...seen.current.filter(({ at }) => now - at < 3_000), { at: now, received }]
    const [first] = seen.current
    const took = first === undefined ? 0 : now - first.at
    if (first !== undefined && took > 200) setRate(((received - first.received) / took) * 1000)
  }, [received])
  return rate
}
