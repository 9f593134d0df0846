import { GitCompareArrows, Pin, Share2 } from 'lucide-react'
import { useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { comparer } from './compare/compare-store.ts'
import { pinned, pinName } from './pins/pin-store.ts'
import { bench } from './store.ts'

/** What can be done with the token that is read. */
export function TokenActions() {
  const text = bench.use((state) => state.text)
  const pick = bench.use((state) => state.pick)
  const show = bench.use((state) => state.show)
  const take = comparer.use((state) => state.take)
  const token = bench.use((state) => state.token)
  const pin = pinned.use((state) => state.pin)
  const share = bench.use((state) => state.share)
  const { toasts } = useWorkspace()
  function onCompare(): void {
    take({ text, pick })
    show('compare')
  }
  async function onShare(): Promise<void> {
    const leftOut = await share()
    if (leftOut) toasts.getState().show(`Copied as Markdown. Left out: ${leftOut.join(', ')}.`, 'ok')
  }
  return (
    <>
      <Button small icon={<GitCompareArrows />} onClick={onCompare}>
        Compare
      </Button>
      {token && (
        <Button
          small
          icon={<Pin />}
          title="Keeps the token on the bench, encrypted in the vault"
          onClick={() => void pin(pinName(token), { text, pick })}
        >
          Pin
        </Button>
      )}
      <Button
        small
        icon={<Share2 />}
        title="Copies Markdown without the text, the signature and personal claims"
        onClick={() => void onShare()}
      >
        Share
      </Button>
    </>
  )
}
