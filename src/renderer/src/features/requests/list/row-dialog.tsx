import type { ExchangeSummary } from '@contract/requests.ts'
import type { Failure } from '@contract/result.ts'
import { pathOf } from '../../../lib/format.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Confirm } from '../../../ui/dialog.tsx'
import { requests } from '../store.ts'

/** What is asked before something is lost. */
export type RowQuestion = { kind: 'remove-exchange'; exchange: ExchangeSummary } | { kind: 'clear' }

export function RowDialog({ question, onClose }: { question: RowQuestion; onClose: () => void }) {
  const { toasts } = useWorkspace()
  const { removeExchange, clearHistory } = requests.use((state) => state)
  function done(work: Promise<Failure | null>): void {
    onClose()
    void work.then((failure) => failure && toasts.getState().fail(failure))
  }
  switch (question.kind) {
    case 'remove-exchange':
      return (
        <Confirm
          title="Remove from the history?"
          action="Remove"
          onConfirm={() => done(removeExchange(question.exchange.id))}
          onClose={onClose}
        >
          <p>
            {question.exchange.url === ''
              ? 'It'
              : `${question.exchange.method} ${pathOf(question.exchange.url)} and its response`}{' '}
            can be restored from the bin for an hour.
          </p>
        </Confirm>
      )
    case 'clear':
      return (
        <Confirm
          title="Clear the history?"
          action="Clear the history"
          onConfirm={() => done(clearHistory())}
          onClose={onClose}
        >
          <p>
            Everything that was sent goes to the bin with its responses, for an hour. Saved requests stay. To
            delete it permanently at once, empty the bin in Settings. Backups do not contain the history.
          </p>
        </Confirm>
      )
  }
}
