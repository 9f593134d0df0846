import type { StoreApi } from 'zustand/vanilla'
import type { AppBridge } from '../bridge.ts'
import type { ToastState } from '../toasts.ts'

interface Given {
  bridge: AppBridge
  toasts: StoreApi<ToastState>
}

/** Takes a deleted thing back out of the bin. */
export async function restoreDeleted({ bridge, toasts }: Given, id: string): Promise<void> {
  const answer = await bridge.call['bin:restore']({ id })
  if (answer.ok) toasts.getState().show(`“${answer.value.name}” was restored.`, 'ok')
  else toasts.getState().fail(answer.error)
}
