import { useEffect, useState } from 'react'
import type { HistoryHeld } from '@contract/requests.ts'
import { historyChoices, type HistoryLimits } from '@contract/words.ts'
import type { AppBridge } from '../../lib/bridge.ts'
import { count, size } from '../../lib/format.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select/select.tsx'
import { Part } from './part.tsx'
import css from './settings.module.css'

/** Only what can be chosen is picked. */
type Wanted = Parameters<AppBridge['call']['exchanges:set-limits']>[0]

const number = new Intl.NumberFormat('en')
const megabyte = 1_000_000
const names: Record<keyof HistoryLimits, (value: number) => string> = {
  days: (days) => (days === 0 ? 'Any age' : days === 365 ? '1 year' : count(days, 'day')),
  exchanges: (exchanges) => number.format(exchanges),
  megabytes: (megabytes) => size(megabytes * megabyte),
}

/** How much history is kept. */
export function HistorySection() {
  const { bridge, toasts } = useWorkspace()
  const [held, setHeld] = useState<HistoryHeld>()
  const [asking, setAsking] = useState<HistoryLimits>()
  useEffect(() => {
    const read = () =>
      bridge.call['exchanges:limits']({}).then((answer) => {
        if (answer.ok) setHeld(answer.value)
        else toasts.getState().fail(answer.error)
      })
    void read()
    return bridge.on('changed', ({ area }) => {
      if (area === 'exchanges') void read()
    })
  }, [bridge, toasts])
  if (!held) return null
  const { limits } = held

  async function save(wanted: HistoryLimits): Promise<void> {
    setAsking(undefined)
    const answer = await bridge.call['exchanges:set-limits'](wanted as Wanted)
    if (answer.ok) setHeld(answer.value)
    else toasts.getState().fail(answer.error)
  }
  function pick(part: Partial<HistoryLimits>): void {
    const wanted = { ...limits, ...part }
    if (held && takesAway(wanted, held)) setAsking(wanted)
    else void save(wanted)
  }
  function choice(name: keyof HistoryLimits, label: string) {
    return (
      <div className={css.narrow}>
        <Field label={label}>
          <Select
            value={String(limits[name])}
            options={historyChoices[name].map((value) => [String(value), names[name](value)] as const)}
            onPick={(value) => pick({ [name]: Number(value) })}
          />
        </Field>
      </div>
    )
  }
  return (
    <Part
      title="History"
      says="Every request you send, with its response, encrypted. The oldest are deleted first; pinned ones stay."
    >
      <p className="note">
        {count(held.exchanges, 'exchange').replace(/^\d+/, number.format(held.exchanges))}, {size(held.bytes)}
      </p>
      {choice('days', 'Maximum age')}
      {choice('exchanges', 'Maximum exchanges')}
      {choice('megabytes', 'Maximum size')}
      {asking && (
        <Confirm
          title="Delete older history?"
          action="Delete older history"
          onConfirm={() => void save(asking)}
          onClose={() => setAsking(undefined)}
        >
          <p>What is beyond the new limit is deleted permanently. Pinned exchanges stay.</p>
        </Confirm>
      )}
    </Part>
  )
}

function takesAway(wanted: HistoryLimits, { limits, exchanges, bytes }: HistoryHeld): boolean {
  const isYounger = wanted.days > 0 && (limits.days === 0 || wanted.days < limits.days)
  return (isYounger && exchanges > 0) || wanted.exchanges < exchanges || wanted.megabytes * megabyte < bytes
}
