import type { ScopeView } from '@contract/collection-scope.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Select } from '../../../ui/select/select.tsx'

interface Props {
  collectionId: string
  scope: Pick<ScopeView, 'environment' | 'environments'>
  label: string
  disabled?: boolean
}

/** Chooses an environment of a collection, for all that is sent in it. */
export function EnvironmentSelect({ collectionId, scope, label, disabled = false }: Props) {
  const { bridge, toasts } = useWorkspace()
  async function pick(path: string): Promise<void> {
    const chosen = path === '' ? null : path
    const answer = await bridge.call['collections:use-environment']({ collectionId, path: chosen })
    if (!answer.ok) toasts.getState().fail(answer.error)
  }
  return (
    <Select
      aria-label={label}
      value={scope.environment ?? ''}
      disabled={disabled}
      options={[['', 'None'], ...scope.environments.map(({ path, name }) => [path, name] as const)]}
      onPick={(path) => void pick(path)}
    />
  )
}
