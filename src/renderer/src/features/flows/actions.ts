import type { FlowSummary } from '@contract/flows.ts'
import { timeOfDay } from '../../lib/format.ts'
import type { AppBridge } from '../../lib/bridge.ts'
import type { Workspace } from '../../lib/workspace.ts'

export function openFlow({ tabs }: Workspace, flow: FlowSummary): void {
  tabs
    .getState()
    .open(
      { kind: 'flow', flowId: flow.id },
      { title: `${flow.title} · ${timeOfDay(flow.startedAt).slice(0, 5)}` },
    )
}

/** Both titles; what they begin with alike is said once. */
export function comparisonTitle(left: FlowSummary, right: FlowSummary): string {
  if (left.title === right.title)
    return `${left.title} · ${timeOfDay(left.startedAt)} / ${timeOfDay(right.startedAt)}`
  const [kind] = left.title.split(' · ', 1)
  const prefix = `${kind} · `
  return `${left.title} / ${right.title.startsWith(prefix) ? right.title.slice(prefix.length) : right.title}`
}

export function openComparison({ tabs }: Workspace, left: FlowSummary, right: FlowSummary): void {
  tabs
    .getState()
    .open(
      { kind: 'flow-comparison', left: left.id, right: right.id },
      { title: comparisonTitle(left, right) },
    )
}

/** Copies or saves; what came of it is told in a toast. */
export async function exportFlow(
  { bridge, toasts }: Workspace,
  wanted: Parameters<AppBridge['call']['flows:export']>[0],
  says: string,
): Promise<void> {
  const answer = await bridge.call['flows:export'](wanted)
  const { show, fail } = toasts.getState()
  if (!answer.ok) fail(answer.error)
  else if (answer.value.done === 'copied') show(`${says} copied, without secrets.`, 'ok')
  else if (answer.value.done === 'saved')
    show(`Saved to ${answer.value.file ?? 'the file'}, without secrets.`, 'ok')
}
