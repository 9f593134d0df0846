import { useEffect, useState } from 'react'
import type { Failure, Result } from '@contract/result.ts'
import type { SchemeState, SchemeTest } from '@contract/scheme.ts'
import { useWorkspace } from './workspace.ts'

/** What is known of the app's custom scheme, asked when first shown, and what can be done about it. */
export function useScheme() {
  const { bridge } = useWorkspace()
  const [state, setState] = useState<SchemeState | null>(null)
  const [tested, setTested] = useState<SchemeTest | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState<'repair' | 'test' | null>(null)

  function take(answer: Result<SchemeState>): void {
    setFailure(answer.ok ? null : answer.error)
    if (answer.ok) setState(answer.value)
  }
  useEffect(() => {
    void bridge.call['scheme:check']({}).then(take)
  }, [bridge])

  async function repair(): Promise<void> {
    setBusy('repair')
    setTested(null)
    take(await bridge.call['scheme:repair']({}))
    setBusy(null)
  }
  async function test(): Promise<void> {
    setBusy('test')
    setTested(null)
    const answer = await bridge.call['scheme:test']({})
    setFailure(answer.ok ? null : answer.error)
    if (answer.ok) setTested(answer.value)
    take(await bridge.call['scheme:check']({}))
    setBusy(null)
  }
  return { state, tested, failure, busy, repair, test }
}
