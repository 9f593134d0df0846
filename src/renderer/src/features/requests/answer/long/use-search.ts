import { useEffect, useState } from 'react'
import type { BodyFind, BodyRows } from '@contract/bodies.ts'
import { useWorkspace } from '../../../../lib/workspace.ts'

/** What is looked for, and which find of it is wanted. */
export interface Sought {
  text: string
  pattern: boolean
  matchCase: boolean
  /** It is a JSONPath. */
  path: boolean
  hit: number
}

interface Outcome {
  found?: BodyFind
  trouble?: string
}

/** Milliseconds between two looks at a search that goes on. */
const lookEvery = 120

/** Looks for something in a long body while it is wanted. */
export function useSearch(id: string, as: BodyRows['as'], sought: Sought): Outcome {
  const { bridge } = useWorkspace()
  const { text, pattern, matchCase, path, hit } = sought
  const [outcome, setOutcome] = useState<Outcome & { of: string }>({ of: '' })
  useEffect(() => {
    let gone = false
    let timer: number | undefined
    async function look(): Promise<void> {
      const answer = await bridge.call['bodies:search']({ id, as, text, pattern, matchCase, path, hit })
      if (gone) return
      if (!answer.ok) return setOutcome({ of: text, trouble: answer.error.message })
      setOutcome({ of: text, found: answer.value })
      if (!answer.value.done) timer = window.setTimeout(() => void look(), lookEvery)
    }
    if (text === '') void bridge.call['bodies:stop-search']({ id })
    else void look()
    return () => {
      gone = true
      window.clearTimeout(timer)
    }
  }, [bridge, id, as, text, pattern, matchCase, path, hit])
  return outcome.of === text && text !== '' ? outcome : {}
}
