import type { Workspace } from './workspace.ts'

/** Locks at once; where nothing would keep anyone out, says so and shows where to set a password. */
export async function lockNow({ bridge, tabs, toasts, beforeLeaving }: Workspace): Promise<void> {
  for (const act of beforeLeaving) act()
  const answer = await bridge.call['vault:lock']({})
  if (answer.ok) return
  toasts.getState().fail(answer.error)
  if (answer.error.code === 'lock_needs_password') tabs.getState().showSettings('vault')
}
