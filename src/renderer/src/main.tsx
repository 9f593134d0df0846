import { createRoot } from 'react-dom/client'
import type { Failure } from '@contract/result.ts'
import { App } from './app/app.tsx'
import { LockScreen } from './app/lock/lock-screen.tsx'
import { getBridge } from './lib/bridge.ts'
import { keepFocus } from './lib/keep-focus.ts'
import { keepTabs, restoreTabs } from './lib/tabs/keep-tabs.ts'
import { scopeBridge } from './lib/scope-bridge.ts'
import { createWorkspace, WorkspaceContext, type Workspace } from './lib/workspace.ts'

const bridge = getBridge()
const element = document.getElementById('root')
const root = element && createRoot(element)
let release = (): void => undefined
let opened = 0
/** What is drawn, once it is. */
let shown: { session: string | undefined; workspace: Workspace; keepAnew: () => void } | undefined
/** The session that the main process told of last. */
let told: string | undefined
/** What is wrong with the stored data: whoever works with it, and also who comes after a lock. */
let damage: Failure | null = null
bridge.on('storage:damaged', (found) => (damage = found))

/** Milliseconds for which the outline says enough. */
const wordless = 1_000

/** Says that the data is being opened, unless it is soon. */
function sayOpening(): () => void {
  let isAwaited = true
  const timer = setTimeout(
    () =>
      void import('./app/opening.tsx').then(({ Opening }) => {
        if (isAwaited) root?.render(<Opening />)
      }),
    wordless,
  )
  return () => {
    isAwaited = false
    clearTimeout(timer)
  }
}

function load({ session, directory }: Workspace): Promise<unknown> {
  return Promise.allSettled([session.getState().load(), directory.getState().load()])
}

/** Draws the window for whoever works with it. All that the first picture needs is asked for at once, beside
 *  the first room's code; what could not be had is said in the window. */
async function open(): Promise<void> {
  opened += 1
  const own = opened
  release()
  shown = undefined
  const scoped = scopeBridge(bridge)
  const workspace = createWorkspace(scoped.bridge, damage)
  release = () => {
    scoped.release()
    for (const end of workspace.endings) end()
  }
  const isOpen = sayOpening()
  await Promise.allSettled([load(workspace), restoreTabs(workspace)])
  isOpen()
  if (own !== opened) return
  const lock = workspace.session.getState().boot?.lock
  if (lock && told !== undefined && told !== lock.session) return open()
  let keepAnew = (): void => undefined
  if (!lock) {
    // The start failed. Once a later try succeeds, everything is asked for as at any other start.
    const stop = workspace.session.subscribe(({ boot }) => {
      if (boot) void open()
    })
    release = () => {
      stop()
      scoped.release()
    }
  } else if (!lock.locked) {
    const keeper = keepTabs(workspace)
    workspace.beforeLeaving.add(keeper.flush)
    keepAnew = keeper.keep
    const stop = release
    release = () => {
      keeper.stop()
      stop()
    }
  }
  shown = { session: lock?.session, workspace, keepAnew }
  root?.render(
    <WorkspaceContext key={own} value={workspace}>
      {lock?.locked ? <LockScreen /> : <App />}
    </WorkspaceContext>,
  )
}

// Locked, unlocked or another user: all that the page knew is dropped, and asked for again. In the same session
// only a name or the protection is another.
bridge.on('lock', (lock) => {
  told = lock.session
  if (shown?.session === lock.session) {
    // Another protection keeps it otherwise.
    shown.keepAnew()
    void load(shown.workspace)
  } else if (shown) {
    if (lock.locked) root?.render(null)
    void open()
  }
})
keepFocus(document)
void open()

// The window closes, or the page is loaded again.
addEventListener('beforeunload', () => {
  for (const act of shown?.workspace.beforeLeaving ?? []) act()
})
