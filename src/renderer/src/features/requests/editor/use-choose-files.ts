import { useContext } from 'react'
import { useWorkspace } from '../../../lib/workspace.ts'
import { RequestCollection } from '../scope/scope-context.ts'

/** Asks for files to be sent, and answers their paths. The request around may send what is picked. */
export function useChooseFiles(): (several: boolean) => Promise<string[]> {
  const { bridge, toasts } = useWorkspace()
  const collectionId = useContext(RequestCollection)
  return async (several) => {
    const answer = await bridge.call['requests:choose-files']({ several, collectionId })
    if (answer.ok) return answer.value.paths
    toasts.getState().fail(answer.error)
    return []
  }
}
