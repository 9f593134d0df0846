import { useState } from 'react'
import { Copy, Eye, EyeOff, GitCompareArrows } from 'lucide-react'
import type { AccountView } from '@contract/accounts.ts'
import type { TokenKind, TokenView } from '@contract/tokens/tokens.ts'
import { compareToken, tokenOrigin } from '../../../lib/tabs/compared-tokens.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { TokenPanel } from '../../../ui/token/token-panel.tsx'
import { TokenStrip } from '../../../ui/token/token-strip.tsx'
import { RefreshFacts } from './refresh-facts.tsx'
import { accounts } from '../store.ts'

interface Props {
  view: AccountView
  kind: TokenKind
  token: TokenView
}

/** One of the account's tokens, its text covered until it is asked for. */
export function AccountToken({ view, kind, token }: Props) {
  const accountId = view.id
  const workspace = useWorkspace()
  const { toasts } = workspace
  const text = accounts.use((state) => state.revealed[`${accountId}:${kind}`])
  const { reveal, hide, copy } = {
    reveal: accounts.use((state) => state.reveal),
    hide: accounts.use((state) => state.hide),
    copy: accounts.use((state) => state.copy),
  }
  const [busy, setBusy] = useState(false)

  async function onReveal(): Promise<void> {
    setBusy(true)
    const failure = await reveal(accountId, kind)
    setBusy(false)
    if (failure) toasts.getState().fail(failure)
  }
  async function onCopy(): Promise<void> {
    const answer = await copy(accountId, kind)
    if (typeof answer === 'number') {
      toasts
        .getState()
        .show(`Copied. The clipboard is cleared in ${answer} s if it still holds the token.`, 'ok')
    } else toasts.getState().fail(answer)
  }
  return (
    <TokenPanel
      token={token}
      kind={kind}
      facts={kind === 'refresh' ? <RefreshFacts view={view} /> : undefined}
      skew={view.serverClockSkew}
      strip={
        <TokenStrip
          preview={token.format === 'jwt' ? token.preview : undefined}
          text={text}
          actions={
            <>
              {text === undefined ? (
                <Button look="quiet" small icon={<Eye />} busy={busy} onClick={() => void onReveal()}>
                  Reveal
                </Button>
              ) : (
                <Button look="quiet" small icon={<EyeOff />} onClick={() => hide(accountId)}>
                  Hide
                </Button>
              )}
              <Button look="quiet" small icon={<Copy />} onClick={() => void onCopy()}>
                Copy
              </Button>
              <Button
                look="quiet"
                small
                icon={<GitCompareArrows />}
                onClick={() => compareToken(workspace, tokenOrigin(accountId, kind))}
              >
                Compare
              </Button>
            </>
          }
        />
      }
    />
  )
}
