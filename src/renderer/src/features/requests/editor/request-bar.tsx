import { Save, Send, Square } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import type { SharedSignIn } from '@contract/collection-scope.ts'
import type { RequestDraft } from '@contract/requests.ts'
import { addressRows, addressText } from '@contract/tables/addresses.ts'
import { Button } from '../../../ui/button.tsx'
import { AuthPicker } from './auth-picker.tsx'
import { MethodPicker } from './method-picker.tsx'
import type { AuthPart } from '../auths.ts'
import type { OtherAuths } from '../../../lib/tabs/tab.ts'
import type { Caller } from '../scope/caller.ts'
import { useRequestVariables } from '../scope/scope-context.ts'
import { requests } from '../store.ts'
import { NamesInput } from '../../../ui/names/names-input.tsx'
import css from './request-bar.module.css'

interface Props {
  tabId: string
  draft: RequestDraft
  /** What its auth was under other kinds. */
  auths?: OtherAuths | undefined
  /** Who that calls as in the end. */
  caller: Caller
  unsaved: boolean
  onChange: (part: Partial<RequestDraft>) => void
  onAuth: (part: AuthPart) => void
  onSend: () => void
  onCancel: () => void
  onSave: () => void
  /** How its surroundings say that one signs in. */
  signIn?: SharedSignIn | undefined
  onSignIn: () => void
  /** What else can be done with it. */
  more?: ReactNode
}

/** Method, address, who to call as, send. */
export function RequestBar({
  tabId,
  draft,
  auths,
  caller,
  unsaved,
  onChange,
  onAuth,
  onSend,
  onCancel,
  onSave,
  signIn,
  onSignIn,
  more,
}: Props) {
  const url = useRef<HTMLInputElement>(null)
  const variables = useRequestVariables()
  useEffect(() => {
    if (url.current?.value === '') url.current.focus()
  }, [])
  return (
    <form
      className={css.bar}
      aria-label="Request"
      onSubmit={(event) => {
        event.preventDefault()
        onSend()
      }}
    >
      <div className={css.address} data-box>
        <MethodPicker method={draft.method} onPick={(method) => onChange({ method })} />
        <NamesInput
          ref={url}
          aria-label="URL"
          className={css.url}
          placeholder="https://api.example.com/orders"
          value={addressText(draft)}
          variables={variables}
          onText={(text) => onChange(addressRows(text, draft.query))}
        />
      </div>
      <div className={css.actions}>
        <AuthPicker
          draft={draft}
          auths={auths}
          caller={caller}
          onPick={onAuth}
          signIn={signIn}
          onSignIn={onSignIn}
        />
        <Button
          icon={<Save />}
          className={css.save}
          aria-label={unsaved ? 'Save changes (Ctrl+S)' : 'Save (Ctrl+S)'}
          title="Save (Ctrl+S)"
          onClick={onSave}
        />
        {more}
        <SendButton tabId={tabId} canSend={draft.url.trim() !== ''} onCancel={onCancel} />
      </div>
    </form>
  )
}

interface SendProps {
  tabId: string
  canSend: boolean
  onCancel: () => void
}

/** Sends the form that it is in; while that is on its way, cancels it. */
function SendButton({ tabId, canSend, onCancel }: SendProps) {
  const sending = requests.use((state) => (state.open[tabId]?.sendId ?? null) !== null)
  return sending ? (
    <Button icon={<Square />} className={css.send} onClick={onCancel}>
      Cancel
    </Button>
  ) : (
    <Button
      type="submit"
      look="primary"
      icon={<Send />}
      className={css.send}
      title="Send (Ctrl+Enter)"
      disabled={!canSend}
    >
      Send
    </Button>
  )
}
