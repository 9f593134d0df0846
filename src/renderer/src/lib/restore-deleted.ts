import type { Workspace } from './workspace.ts'

/** Takes a deleted thing back out of the bin. */
export async function restoreDeleted(
  { bridge, toasts }: Pick<Workspace, 'bridge' | 'toasts'>,
  id: string,
): Promise<void> {
  const answer = await bridge.call['bin:restore']({ id })
  if (answer.ok) toasts.getState().show(`“${answer.value.name}” is back.`, 'ok')
  else toasts.getState().fail(answer.error)
}
