import { useEffect, useState } from 'react'
import type { AuthoritiesView } from '@contract/authorities.ts'
import type { Result } from '@contract/result.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { Switch } from '../../ui/field.tsx'
import { Part } from './part.tsx'
import css from './settings.module.css'

/** Whose certificates are trusted besides the authorities that come with Gatehouse. */
export function AuthoritiesSection() {
  const { bridge, toasts } = useWorkspace()
  const [view, setView] = useState<AuthoritiesView | null>(null)
  async function show(asked: Promise<Result<AuthoritiesView>>): Promise<void> {
    const answer = await asked
    if (answer.ok) setView(answer.value)
    else toasts.getState().fail(answer.error)
  }
  /** Asks for what may take away what is there, and offers to bring that back. */
  async function change(asked: Promise<Result<AuthoritiesView>>): Promise<void> {
    const answer = await asked
    if (!answer.ok) return toasts.getState().fail(answer.error)
    setView(answer.value)
    const [before, now] = [view?.own, answer.value.own]
    if (before === undefined || JSON.stringify(before) === JSON.stringify(now)) return
    const says =
      now === undefined
        ? `“${before.name}” is no longer trusted.`
        : `“${now.name}” is trusted in place of “${before.name}”.`
    const run = (): void => void show(bridge.call['authorities:bring-back']({}))
    toasts.getState().offer(says, { label: 'Undo', run }, 'authorities')
  }
  useEffect(() => {
    void bridge.call['authorities:read']({}).then((answer) => {
      if (answer.ok) setView(answer.value)
    })
  }, [bridge])
  if (!view) return null
  const { system, own } = view
  return (
    <>
      <Part
        title="The system’s"
        says="Authorities installed by this computer’s administrator, common in companies."
      >
        <Switch
          label="Trust what the system trusts"
          hint={system ? undefined : 'This runtime cannot read the system’s store.'}
          checked={system?.used === true}
          disabled={system === undefined}
          onChange={(on) => void show(bridge.call['authorities:use-system']({ on }))}
        />
      </Part>
      <Part
        title="Your own"
        says="For servers with a certificate from a private authority. A copy of the file is kept; connections are reopened."
      >
        {own && (
          <div>
            <strong>{own.name}</strong>
            <ul aria-label="Your own authorities">
              {own.subjects.map((subject, index) => (
                <li key={index} className="mono wrap-any">
                  {subject}
                </li>
              ))}
            </ul>
          </div>
        )}
        <div className={css.row}>
          <Button onClick={() => void change(bridge.call['authorities:choose']({}))}>
            {own ? 'Choose another PEM file' : 'Choose a PEM file'}
          </Button>
          {own && <Button onClick={() => void change(bridge.call['authorities:remove']({}))}>Remove</Button>}
        </div>
      </Part>
    </>
  )
}
