import { useEffect, useState } from 'react'
import { UserX } from 'lucide-react'
import type { AccountView } from '@contract/accounts.ts'
import type { ClaimView, TokenKind } from '@contract/tokens/tokens.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Sections } from '../../../ui/sections.tsx'
import { ClaimsTable } from '../../../ui/token/claims-table.tsx'
import { AccountHead } from './account-head.tsx'
import { ProviderAnswerPanel } from './provider-answer.tsx'
import { AccountToken } from './account-token.tsx'
import { Lineage } from './lineage.tsx'
import { LogOutWaiting } from './log-out-waiting.tsx'
import { SamePerson } from './same-person.tsx'
import { accounts, type AccountPage as PageState } from '../store.ts'
import { TryIt } from './try-it.tsx'
import css from './account-page.module.css'

const kinds: readonly (readonly [TokenKind, string])[] = [
  ['access', 'Access token'],
  ['id', 'ID token'],
  ['refresh', 'Refresh token'],
]

/** An account: who it is, its tokens, and what became of them. */
export function AccountPage({ accountId }: { accountId: string }) {
  const page = accounts.use((state) => state.pages[accountId])
  const load = accounts.use((state) => state.load)
  const hide = accounts.use((state) => state.hide)
  const { tabs } = useWorkspace()
  useEffect(() => {
    void load(accountId)
    return () => hide(accountId)
  }, [accountId, load, hide])

  if (!page?.view) {
    if (!page?.failure) return <p className={css.none}>{page ? 'Opening tokens…' : ''}</p>
    return (
      <EmptyState
        icon={<UserX />}
        title={page.failure.message}
        actions={
          <>
            <Button onClick={() => void load(accountId)}>Try again</Button>
            <Button look="quiet" onClick={() => tabs.getState().drop(`account:${accountId}`)}>
              Close
            </Button>
          </>
        }
      >
        {page.failure.next}
      </EmptyState>
    )
  }
  return (
    <div className={css.page}>
      <AccountHead view={page.view} refreshing={page.refreshing} />
      <SamePerson view={page.view} />
      <LogOutWaiting view={page.view} />
      <Body view={page.view} answer={page.answer} />
    </div>
  )
}

const none: Record<TokenKind, string> = {
  access: 'There is no access token.',
  id: 'The provider issued no ID token. Request the scope openid to get one.',
  refresh:
    'The provider issued no refresh token. Request the scope offline_access to get one; until then, you have to sign in again when the access token expires.',
}

function tokenOf(view: AccountView, kind: TokenKind) {
  return { access: view.access, id: view.id_token, refresh: view.refresh }[kind]
}

function Body({ view, answer }: { view: AccountView; answer: PageState['answer'] }) {
  const [picked, setPicked] = useState({ section: 'access', answeredAt: answer?.at, byHand: false })
  // What was asked for is shown when it comes, until something else is picked.
  const section = answer !== undefined && answer.at !== picked.answeredAt ? 'answer' : picked.section
  const setSection = (to: string): void => setPicked({ section: to, answeredAt: answer?.at, byHand: true })
  if (view.unreadable) {
    return (
      <div className={css.notice}>
        <Notice tone="bad" title={view.unreadable.message} next={view.unreadable.next} />
      </div>
    )
  }
  return (
    <div className={css.sections}>
      <Sections
        label="Tokens of this account"
        inset
        value={section}
        onPick={setSection}
        sections={[
          ...kinds.map(([kind, label]) => {
            const token = tokenOf(view, kind)
            return {
              id: kind,
              label,
              content: (
                <>
                  {kind === 'access' && <TryIt view={view} autoFocus={!picked.byHand} />}
                  {token ? (
                    <AccountToken view={view} kind={kind} token={token} />
                  ) : (
                    <p className={css.none}>{none[kind]}</p>
                  )}
                </>
              ),
            }
          }),
          ...(view.profile.length > 0
            ? [{ id: 'profile', label: 'Profile', still: true, content: <Profile claims={view.profile} /> }]
            : []),
          { id: 'lineage', label: 'Lineage', content: <Lineage view={view} /> },
          ...(answer
            ? [
                {
                  id: 'answer',
                  label: 'Provider’s response',
                  content: <ProviderAnswerPanel answer={answer} />,
                },
              ]
            : []),
        ]}
      />
    </div>
  )
}

/** Who the provider says this is: userinfo and ID token together. */
function Profile({ claims }: { claims: ClaimView[] }) {
  return (
    <div className={css.profile}>
      <ClaimsTable claims={claims} label="Profile" />
    </div>
  )
}
