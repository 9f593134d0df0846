import { useEffect, useState } from 'react'
import { UserRoundCheck } from 'lucide-react'
import type { RequestDraft } from '@contract/requests.ts'
import { useDirectory, useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import css from './account-proposal.module.css'

/** Milliseconds after the last keystroke. */
const pause = 300

interface Props {
  draft: RequestDraft
  onPick: (accountId: string) => void
}

/** Whose token fits the address of a request that carries none: one press takes it. */
export function AccountProposal({ draft, onPick }: Props) {
  const { bridge } = useWorkspace()
  const accounts = useDirectory((state) => state.accounts)
  const [fitting, setFitting] = useState<{ url: string; ids: string[] }>()
  const url = draft.url.trim()
  const byHand = draft.headers.some(({ name, enabled }) => enabled && /^\s*authorization\s*$/i.test(name))
  const asks =
    url !== '' && draft.accountId === null && draft.auth === undefined && !byHand && accounts.length > 0
  useEffect(() => {
    if (!asks) return
    const timer = setTimeout(() => {
      void bridge.call['requests:propose-accounts']({ url }).then((answer) => {
        setFitting({ url, ids: answer.ok ? answer.value : [] })
      })
    }, pause)
    return () => clearTimeout(timer)
  }, [asks, url, accounts, bridge])
  const found = accounts.filter(({ id }) => fitting?.ids.includes(id))
  if (!asks || fitting?.url !== url || found.length === 0) return null
  return (
    <div className={css.proposal} role="group" aria-label="Accounts that fit the address">
      <span className="note">
        {found.length === 1 ? 'A token for this address:' : 'Tokens for this address:'}
      </span>
      {found.slice(0, 4).map(({ id, displayName }) => (
        <Button key={id} small icon={<UserRoundCheck />} onClick={() => onPick(id)}>
          Call as {displayName}
        </Button>
      ))}
    </div>
  )
}
