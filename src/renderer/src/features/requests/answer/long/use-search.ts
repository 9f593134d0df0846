import { useEffect, useState } from 'react'
import type { BodyFind, BodyRows } from '@contract/bodies.ts'
import { useWorkspace } from '../../../../lib/workspace.ts'

/** What is looked for, and which find of it is wanted. */
export interface Sought {
  text: string
  pattern: boolean
  matchCase: boolean
  hit: number
}

/** Milliseconds between two looks at a search that goes on. */
const lookEvery = 120

/** Looks for something in a long body while it is wanted. */
export function useSearch(
  id: string,
  as: BodyRows['as'],
  sought: Sought,
): { found?: BodyFind; trouble?: string } {
  const { bridge } = useWorkspace()
  const [found, setFound] = useState<BodyFind>()
  const [trouble, setTrouble] = useState<string>()
  const { text, pattern, matchCase, hit } = sought
  useEffect(() => {
    let gone = false
    let timer: number | undefined
    async function look(): Promise<void> {
      const answer = await bridge.call['bodies:search']({ id, as, text, pattern, matchCase, hit })
      if (gone) return
      if (!answer.ok) {
        setFound(undefined)
        setTrouble(answer.error.message)
        return
      }
      setTrouble(undefined)
      setFound(answer.value)
      if (!answer.value.done) timer = window.setTimeout(() => void look(), lookEvery)
    }
    if (text === '') {
      setFound(undefined)
      setTrouble(undefined)
      void bridge.call['bodies:stop-search']({ id })
    } else timer = window.setTimeout(() => void look(), 0)
    return () => {
      gone = true
      window.clearTimeout(timer)
    }
  }, [bridge, id, as, text, pattern, matchCase, hit])
  return { ...(found && { found }), ...(trouble !== undefined && { trouble }) }
}
