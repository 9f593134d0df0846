import { startTransition, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import type { ExchangeView } from '@contract/requests.ts'
import { WorkspaceContext, type Workspace } from '../../lib/workspace.ts'
import { ResponsePane } from './answer/response-pane.tsx'
import { blankDraft } from './drafts.ts'
import { blank } from './store.ts'

/** Milliseconds after which it is done although the page is never idle. */
const patience = 1_000

const sample = { ...blankDraft, url: 'http://127.0.0.1/' }

let isDone = false

/** Sends a request to no one and draws its response where no one sees it, in steps and while there is nothing else to do:
 *  once for each page, since the first response waits for code that no one ran before. Answers with what stops it. */
export function rehearseAnswer(workspace: Workspace): () => void {
  if (isDone) return () => undefined
  let over = false
  const idle = requestIdleCallback(() => void rehearse(), { timeout: patience })
  async function rehearse(): Promise<void> {
    const answer = await workspace.bridge.call['requests:warm']({ draft: sample })
    if (over || isDone || !answer.ok) return
    isDone = true
    requestIdleCallback(() => drawUnseen(workspace, answer.value), { timeout: patience })
  }
  return () => {
    over = true
    cancelIdleCallback(idle)
  }
}

function drawUnseen(workspace: Workspace, exchange: ExchangeView): void {
  const root = createRoot(document.createElement('div'))
  const end = (): void => void requestIdleCallback(() => root.unmount())
  // React draws what is no hurry in steps of a few milliseconds.
  startTransition(() =>
    root.render(
      <WorkspaceContext value={workspace}>
        <ResponsePane tabId="" request={{ ...blank, exchange }} elsewhere={false} onCancel={end} />
        <Drawn onDrawn={end} />
      </WorkspaceContext>,
    ),
  )
}

function Drawn({ onDrawn }: { onDrawn: () => void }) {
  useEffect(onDrawn, [onDrawn])
  return null
}
