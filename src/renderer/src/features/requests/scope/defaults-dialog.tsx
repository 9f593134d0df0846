import { useEffect, useState } from 'react'
import type { DefaultsView, ScopeView } from '@contract/collection-scope.ts'
import type { Failure } from '@contract/result.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Sections } from '../../../ui/sections.tsx'
import { SendSettingsForm } from '../editor/send-settings-form.tsx'
import { headerSuggestions } from '../rows/known-headers.ts'
import { PlainRows } from '../rows/pair-rows.tsx'
import { DefaultsAuth } from './defaults-auth.tsx'
import { RequestVariables, useVariables } from './scope-context.ts'
import { FileVariableRows } from './file-variable-rows.tsx'

interface Props {
  collectionId: string
  /** A folder, an environment’s file, or empty for the collection itself. */
  path: string
  onClose: () => void
}

/** What a folder or a collection passes on to its requests, or the variables of an environment. */
export function DefaultsDialog({ collectionId, path, onClose }: Props) {
  const { bridge, toasts } = useWorkspace()
  const [view, setView] = useState<DefaultsView>()
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const isEnvironment = path.startsWith('environments/')
  const [section, setSection] = useState(isEnvironment ? 'variables' : 'headers')
  const above = useAbove(collectionId, path)
  const known = useVariables(view ? { variables: view.variables } : {}, above)
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

  async function save(): Promise<void> {
    if (!view) return
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
    toasts.getState().show(`${answer.value.name} saved.`, 'ok')
    onClose()
  }
  const what = isEnvironment ? 'Environment' : path === '' ? 'Collection' : 'Folder'
  const variables = view && (
    <FileVariableRows rows={view.variables} onChange={(rows) => setView({ ...view, variables: rows })} />
  )
  return (
    <Dialog
      title={view ? `${what} ${view.name}` : what}
      wide
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={busy} disabled={!view} onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      {failure && (
        <Notice
          tone="bad"
          title={failure.message}
          {...(failure.next !== undefined && { next: failure.next })}
        />
      )}
      {view && isEnvironment && variables}
      {view && !isEnvironment && (
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
                <PlainRows
                  noun="header"
                  rows={view.headers}
                  suggest={headerSuggestions(view.headers, [])}
                  onChange={(headers) => setView({ ...view, headers })}
                />
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
                          entered={view.entered ?? []}
                          above={above}
                          onChange={(auth) => setView({ ...view, auth })}
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
                  onChange={(settings) => setView({ ...view, settings })}
                />
              ),
            },
          ]}
        />
      )}
    </Dialog>
  )
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
