import { useEffect, useState } from 'react'
import type { DefaultsView, ScopeView } from '@contract/collection-scope.ts'
import type { Failure } from '@contract/result.ts'
import type { OtherAuths } from '../../../lib/tabs/tab.ts'
import { useKept } from '../../../lib/tabs/use-kept.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Resumed } from '../../../ui/resumed.tsx'
import { Sections } from '../../../ui/sections.tsx'
import { SendSettingsForm } from '../editor/send-settings-form.tsx'
import { headerSuggestions } from '../rows/known-headers.ts'
import { PlainRows } from '../rows/pair-rows.tsx'
import { DefaultsAuth } from './defaults-auth.tsx'
import { RequestVariables, useVariables } from './scope-context.ts'
import { FileVariableRows } from './file-variable-rows.tsx'
import css from './defaults-dialog.module.css'

interface Props {
  collectionId: string
  /** A folder, an environment’s file, or empty for the collection itself. */
  path: string
  onClose: () => void
}

/** What a folder or a collection passes on to its requests, or the variables of an environment. */
export function DefaultsDialog({ collectionId, path, onClose }: Props) {
  const { bridge } = useWorkspace()
  const [view, setView] = useState<DefaultsView>()
  const [failure, setFailure] = useState<Failure>()
  useEffect(() => {
    let over = false
    void bridge.call['collections:defaults']({ collectionId, path }).then((answer) => {
      if (over) return
      if (answer.ok) setView(answer.value)
      else setFailure(answer.error)
    })
    return () => {
      over = true
    }
  }, [bridge, collectionId, path])
  if (view) return <Filled collectionId={collectionId} path={path} view={view} onClose={onClose} />
  return (
    <Dialog title={kindOf(path)} wide onClose={onClose} footer={<Button onClick={onClose}>Cancel</Button>}>
      {failure && <Notice tone="bad" title={failure.message} next={failure.next} />}
    </Dialog>
  )
}

/** The dialog with what its file says, and what was changed of it and is not saved. */
function Filled({ collectionId, path, view: saved, onClose }: Props & { view: DefaultsView }) {
  const { bridge, toasts } = useWorkspace()
  const kept = useKept<DefaultsView & { auths: OtherAuths }>(`passed-on:${collectionId}:${path}`, {
    ...saved,
    auths: {},
  })
  const { form: view, change } = kept
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const isEnvironment = path.startsWith('environments/')
  const [section, setSection] = useState('headers')
  const above = useAbove(collectionId, path)
  const known = useVariables({ variables: view.variables }, above)

  async function save(): Promise<void> {
    setBusy(true)
    const { headers, variables, auth, settings, version } = view
    const answer = await bridge.call['collections:save-defaults']({
      collectionId,
      path,
      headers: headers.filter(({ name, value }) => name.trim() !== '' || value !== ''),
      variables: variables.map(({ entered: _entered, ...each }) => each),
      ...(auth && { auth }),
      ...(settings && { settings }),
      version,
    })
    setBusy(false)
    if (!answer.ok) return setFailure(answer.error)
    kept.forget()
    toasts.getState().show(`${answer.value.name} saved.`, 'ok')
    onClose()
  }
  const variables = (
    <FileVariableRows rows={view.variables} onChange={(rows) => change({ variables: rows })} />
  )
  return (
    <Dialog
      title={`${kindOf(path)} ${view.name}`}
      wide
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={busy} onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      {failure && <Notice tone="bad" title={failure.message} next={failure.next} />}
      <Resumed
        of={{
          changed: kept.changed,
          forget: () => {
            kept.forget()
            setFailure(undefined)
          },
        }}
      />
      {isEnvironment ? (
        variables
      ) : (
        <Sections
          label="What is passed on"
          value={section}
          onPick={setSection}
          sections={[
            {
              id: 'headers',
              label: 'Headers',
              badge: view.headers.length,
              content: (
                <div className={css.headers}>
                  <PlainRows
                    noun="header"
                    rows={view.headers}
                    suggest={headerSuggestions(view.headers, [])}
                    onChange={(headers) => change({ headers })}
                  />
                </div>
              ),
            },
            { id: 'variables', label: 'Variables', badge: view.variables.length, content: variables },
            ...(view.auth
              ? [
                  {
                    id: 'auth',
                    label: 'Auth',
                    content: (
                      <RequestVariables value={known}>
                        <DefaultsAuth
                          place={{ collectionId, path }}
                          auth={view.auth}
                          auths={view.auths}
                          saved={saved.auth ?? view.auth}
                          entered={view.entered ?? []}
                          above={above}
                          onChange={(auth, auths = view.auths) => change({ auth, auths })}
                        />
                      </RequestVariables>
                    ),
                  },
                ]
              : []),
            {
              id: 'settings',
              label: 'Settings',
              content: (
                <SendSettingsForm
                  settings={view.settings ?? {}}
                  inherited={above?.settings ?? []}
                  of="folder"
                  onChange={(settings) => change({ settings })}
                />
              ),
            },
          ]}
        />
      )}
    </Dialog>
  )
}

function kindOf(path: string): string {
  if (path.startsWith('environments/')) return 'Environment'
  return path === '' ? 'Collection' : 'Folder'
}

/** What comes to a folder from where it is; nothing for a collection, which is in no other. */
function useAbove(collectionId: string, path: string): ScopeView | undefined {
  const { bridge } = useWorkspace()
  const [above, setAbove] = useState<ScopeView>()
  useEffect(() => {
    if (path === '' || path.startsWith('environments/')) return undefined
    let over = false
    const parent = path.slice(0, Math.max(path.lastIndexOf('/') + 1, 0))
    void bridge.call['collections:scope']({ collectionId, path: parent }).then((answer) => {
      if (!over && answer.ok) setAbove(answer.value)
    })
    return () => {
      over = true
    }
  }, [bridge, collectionId, path])
  return above
}
