import { useState } from 'react'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import type { EnvironmentView } from '@contract/environments.ts'
import type { Failure, Result } from '@contract/result.ts'
import { switchEnvironment } from '../../../lib/environment.ts'
import { count } from '../../../lib/format.ts'
import { useDirectory, useWorkspace } from '../../../lib/workspace.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { EnvironmentDialog } from './environment-dialog.tsx'
import { Part } from '../part.tsx'
import { VariableTable } from './variable-table.tsx'
import css from '../settings.module.css'

type Asking = { do: 'create' } | { do: 'rename'; environment: EnvironmentView } | null

/** Environments and their variables. */
export function EnvironmentsSection() {
  const workspace = useWorkspace()
  const { bridge, toasts } = workspace
  const known = useDirectory((state) => state.environments)
  const [asking, setAsking] = useState<Asking>(null)

  function told(answer: Result<unknown>, done: string): Failure | null {
    if (!answer.ok) return answer.error
    setAsking(null)
    toasts.getState().show(done, 'ok')
    return null
  }
  async function name(text: string): Promise<Failure | null> {
    if (asking?.do !== 'rename') {
      const copyFrom = known.find(({ current }) => current)?.id
      return told(await bridge.call['environments:create']({ name: text, copyFrom }), `${text} was created.`)
    }
    const { id } = asking.environment
    return told(await bridge.call['environments:rename']({ id, name: text }), `Renamed to ${text}.`)
  }
  return (
    <>
      <Part
        title="Environments"
        says="Connections and accounts belong to one environment; requests can be sent in any. Switching never sends the other environment’s token."
      >
        <ul className={css.users} aria-label="Environments">
          {known.map((environment) => (
            <li key={environment.id}>
              <span className="grow">
                <strong>{environment.name}</strong> {environment.current && <Tag tone="accent">current</Tag>}
                <span className="faint">
                  {count(environment.connections, 'connection')} ·{' '}
                  {count(environment.variables.length, 'variable')}
                </span>
              </span>
              {!environment.current && (
                <Button small onClick={() => void switchEnvironment(workspace, environment.id)}>
                  Switch
                </Button>
              )}
              <IconButton
                label={`Rename ${environment.name}`}
                onClick={() => setAsking({ do: 'rename', environment })}
              >
                <Pencil />
              </IconButton>
              <IconButton
                label={`Remove ${environment.name}`}
                {...whyNot(environment, known.length)}
                onClick={async () => {
                  const answer = await bridge.call['environments:remove']({ id: environment.id })
                  if (!answer.ok) toasts.getState().fail(answer.error)
                }}
              >
                <Trash2 />
              </IconButton>
            </li>
          ))}
        </ul>
        <div className={css.row}>
          <Button icon={<Plus />} onClick={() => setAsking({ do: 'create' })}>
            New environment
          </Button>
        </div>
      </Part>
      {known.length > 0 && (
        <Part
          wide
          title="Variables"
          says={
            <>
              Write <code>{'{{name}}'}</code> in a request’s URL, parameters, headers or body, or in a
              connection’s fields. Plain values are stored unencrypted in the database. Secret ones are
              encrypted in the vault, never shown again, and shown by name in the history.
            </>
          }
        >
          <VariableTable environments={known} />
        </Part>
      )}
      {asking && (
        <EnvironmentDialog
          title={asking.do === 'create' ? 'New environment' : `Rename ${asking.environment.name}`}
          hint={asking.do === 'create' ? 'It starts with the variables of the current one.' : undefined}
          name={asking.do === 'create' ? '' : asking.environment.name}
          onSave={name}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  )
}

/** Why main would refuse to remove it. */
function whyNot({ connections }: EnvironmentView, environments: number) {
  const why =
    environments === 1
      ? 'There must be at least one environment.'
      : connections > 0
        ? `Remove its ${connections === 1 ? 'connection' : 'connections'} first.`
        : undefined
  return why === undefined ? {} : { disabled: true, title: `It cannot be removed. ${why}` }
}
