import { useContext } from 'react'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { RequestCollection } from './scope-context.ts'

/** Forgets what the requests of the collection captured. */
export function ForgetCaptured() {
  const { bridge, toasts } = useWorkspace()
  const collectionId = useContext(RequestCollection)
  if (collectionId === undefined) return null
  async function forget(id: string): Promise<void> {
    const answer = await bridge.call['collections:forget-captured']({ collectionId: id })
    if (!answer.ok) toasts.getState().fail(answer.error)
  }
  return (
    <Button small look="quiet" onClick={() => void forget(collectionId)}>
      Forget captured values
    </Button>
  )
}
