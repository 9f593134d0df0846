import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react'
import type { ScopeView } from '@contract/collection-scope.ts'
import { shortcutOf } from '../../lib/shortcuts.ts'
import type { RequestDraft } from '@contract/requests.ts'
import type { RequestSeed } from '../../lib/tabs/tab.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { Splitter } from '../../ui/splitter.tsx'
import { AccountProposal } from './editor/account-proposal.tsx'
import { RequestBar } from './editor/request-bar.tsx'
import { RequestParts } from './request-parts.tsx'
import { useCaller } from './scope/caller.ts'
import { useAnsweredElsewhere } from './scope/answered-in.ts'
import { CollectionBar, CollectionFault } from './scope/collection-bar.tsx'
import { MissingNote } from './scope/missing-note.tsx'
import {
  RequestAround,
  RequestCollection,
  RequestVariables,
  useScope,
  useVariables,
} from './scope/scope-context.ts'
import { RequestMenu } from './list/request-menu.tsx'
import { collections } from './collections/collections-store.ts'
import { foldersOf } from './collections/folders-of.ts'
import { ConflictDialog } from './collections/conflict-dialog.tsx'
import { FileNote } from './collections/file-note.tsx'
import { TakesValue, withTaken, type TakeValue } from './answer/captures/take-value.ts'
import { ResponsePane } from './answer/response-pane.tsx'
import { SaveDialog } from './editor/save-dialog.tsx'
import { SecretsNote } from './editor/secrets-note.tsx'
import { WayNote } from './editor/way-note.tsx'
import { asksSignIn, SignInBar } from './sign-in/sign-in-bar.tsx'
import { SignInDialog } from './sign-in/sign-in-dialog.tsx'
import { useSharedSignIn } from './sign-in/use-shared-sign-in.ts'
import type { OpenRequest } from './state.ts'
import { blank, requests } from './store.ts'
import { rehearseAnswer } from './rehearse-answer.tsx'
import { saveInto, saveRequest } from './save.ts'
import { sameDraft } from './drafts.ts'
import css from './request-page.module.css'

const noHeaders: ScopeView['headers'] = []

/** A request in its tab: what is sent on one side, what came back on the other. */
export function RequestPage({ tabId, seed }: { tabId: string; seed: RequestSeed }) {
  const begin = requests.use((state) => state.begin)
  const isOpen = requests.use((state) => state.open[tabId] !== undefined)
  const workspace = useWorkspace()
  useEffect(() => void begin(tabId, seed), [begin, tabId, seed])
  // So that the first click does not wait for what every other one has.
  useEffect(() => rehearseAnswer(workspace), [workspace])
  return isOpen ? <Page tabId={tabId} /> : null
}

/** What of an open request is drawn: while it is sent and answered, none of what is edited is drawn again. */
function useOpen<Name extends keyof OpenRequest>(tabId: string, name: Name): OpenRequest[Name] {
  return requests.use((state) => (state.open[tabId] ?? blank)[name])
}

/** Ctrl+Enter sends, Ctrl+S saves, Escape cancels what runs, wherever the focus is. */
function useKeys(send: () => void, save: () => void, cancel: () => boolean): void {
  // At once: keys can come right behind the click that opened the tab.
  useLayoutEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.defaultPrevented) return
      if (document.querySelector('dialog[open]')) return
      const isSave = shortcutOf(event) === 'save'
      if (isSave) save()
      if (isSave || (event.key === 'Escape' && cancel())) event.preventDefault()
    }
    // Before anything else: a button that has the focus, as after a choice from a menu, takes Enter for a press.
    function onSend(event: KeyboardEvent): void {
      if (shortcutOf(event) !== 'send' || document.querySelector('dialog[open], [role="menu"]')) return
      event.preventDefault()
      event.stopPropagation()
      send()
    }
    window.addEventListener('keydown', onKey)
    window.addEventListener('keydown', onSend, true)
    return () => {
      window.removeEventListener('keydown', onKey)
      window.removeEventListener('keydown', onSend, true)
    }
  }, [send, save, cancel])
}

/** Drawn again where the request is edited, not while it is sent and answered: that is the button's and the pane's. */
const Page = memo(function Page({ tabId }: { tabId: string }) {
  const workspace = useWorkspace()
  const [name, draft, file] = [useOpen(tabId, 'name'), useOpen(tabId, 'draft'), useOpen(tabId, 'file')]
  const [saved, bodies, auths] = [useOpen(tabId, 'saved'), useOpen(tabId, 'bodies'), useOpen(tabId, 'auths')]
  const conflict = requests.use((state) => (state.conflict?.tabId === tabId ? state.conflict : null))
  const isNamed = requests.use((state) => state.naming === tabId)
  const [section, setSection] = useState(draft.body.kind === 'none' ? 'params' : 'body')
  const open = collections.use((state) => state.collections)
  const places = useMemo(() => foldersOf(open), [open])
  const within = useOpen(tabId, 'within')
  const place = file ?? within
  const scope = useScope(place)
  const variables = useVariables(draft, scope)
  const signIn = scope?.signIn
  const caller = useCaller(tabId, draft, scope)
  const { begin, callAs } = useSharedSignIn(file, signIn, tabId)
  const [asking, setAsking] = useState(false)

  const around = useMemo(() => ({ draft, place }), [draft, place])

  const acts = requests.of(workspace).getState()
  const { send: sendTab, change: changeTab, cancel: cancelTab, stopFollowing } = acts
  const change = (part: Partial<RequestDraft>): void => changeTab(tabId, part)
  const take = useCallback<TakeValue>(
    (taken, as) => {
      const now = requests.of(workspace).getState().open[tabId]
      if (!now) return
      changeTab(tabId, withTaken(now.draft, taken, as))
      setSection(as === 'capture' ? 'variables' : 'checks')
    },
    [workspace, changeTab, tabId, setSection],
  )
  const send = useCallback(() => void sendTab(tabId), [sendTab, tabId])
  const save = useCallback(() => saveRequest(workspace, tabId), [workspace, tabId])
  const stop = useCallback(() => void cancelTab(tabId), [cancelTab, tabId])
  const cancel = useCallback(() => {
    const { sendId, mending } = requests.of(workspace).getState().open[tabId] ?? blank
    const runs = sendId !== null || mending !== undefined
    if (runs) void Promise.all([cancelTab(tabId), stopFollowing(tabId)])
    return runs
  }, [workspace, cancelTab, stopFollowing, tabId])
  useKeys(send, save, cancel)

  return (
    <RequestVariables value={variables}>
      <div className={css.page}>
        <h1 className="visually-hidden">{name || 'New request'}</h1>
        <div className={css.top}>
          <RequestBar
            tabId={tabId}
            draft={draft}
            auths={auths}
            caller={caller}
            unsaved={saved !== undefined && !sameDraft(saved, draft)}
            onChange={change}
            onAuth={(part) => {
              change(part)
              if (part.auth !== undefined && part.auth.kind !== 'inherit') setSection('auth')
            }}
            onSend={send}
            onCancel={stop}
            onSave={save}
            signIn={signIn}
            onSignIn={() => setAsking(true)}
            more={<RequestMenu request={{ name, draft, file, within }} onSave={save} />}
          />
          {place && scope && <CollectionBar file={place} scope={scope} />}
        </div>
        {asksSignIn(draft, signIn) && (
          <SignInBar signIn={signIn} onSignIn={() => setAsking(true)} onCallAs={(id) => void callAs(id)} />
        )}
        <AccountProposal draft={draft} onPick={(accountId) => change({ accountId })} />
        <SecretsNote kept={file?.secrets} />
        {file && <FileNote tabId={tabId} file={file} />}
        {scope && <CollectionFault scope={scope} />}
        <MissingNote
          draft={draft}
          file={place}
          headers={scope?.headers ?? noHeaders}
          auth={scope?.auth}
          variables={variables}
        />
        <WayNote url={draft.url} />
        <div className={css.parts}>
          <Splitter
            label="Width of the request"
            start={50}
            above={50}
            first={
              <RequestCollection value={file?.collectionId}>
                <RequestAround value={around}>
                  <RequestParts
                    draft={draft}
                    scope={scope}
                    onCallAs={(id) => void callAs(id)}
                    bodies={bodies}
                    section={section}
                    onSection={setSection}
                    change={change}
                    send={send}
                  />
                </RequestAround>
              </RequestCollection>
            }
            second={
              <TakesValue value={take}>
                <Response tabId={tabId} scope={scope} onCancel={stop} />
              </TakesValue>
            }
          />
        </div>
        {asking && signIn && (
          <SignInDialog signIn={signIn} onSignIn={begin} onClose={() => setAsking(false)} />
        )}
        {conflict && <ConflictDialog tabId={tabId} conflict={conflict} />}
        {isNamed && (
          <SaveDialog
            draft={draft}
            name={name}
            places={places}
            onSave={(to, place) => void saveInto(workspace, tabId, to, place)}
            onClose={() => acts.askName(null)}
          />
        )}
      </div>
    </RequestVariables>
  )
})

interface ResponseProps {
  tabId: string
  scope: ScopeView | undefined
  onCancel: () => void
}

function Response({ tabId, scope, onCancel }: ResponseProps) {
  const request = requests.use((state) => state.open[tabId] ?? blank)
  const elsewhere = useAnsweredElsewhere(tabId, request, scope)
  return <ResponsePane tabId={tabId} request={request} elsewhere={elsewhere} onCancel={onCancel} />
}
