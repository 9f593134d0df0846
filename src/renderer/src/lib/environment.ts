import type { Workspace } from './workspace.ts'

/** Works in another environment from now on, and says so. */
export async function switchEnvironment({ bridge, toasts }: Workspace, id: string): Promise<void> {
  const answer = await bridge.call['environments:use']({ id })
  if (answer.ok) toasts.getState().show(`Switched to the environment ${answer.value.name}.`, 'ok')
  else toasts.getState().fail(answer.error)
}
