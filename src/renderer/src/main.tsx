import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { LockScreen } from './app/lock-screen.tsx'
import { fetchFirstRoom } from './app/rooms.ts'
import { getBridge } from './lib/bridge.ts'
import { scopeBridge } from './lib/scope-bridge.ts'
import { createWorkspace, WorkspaceContext } from './lib/workspace.ts'

const bridge = getBridge()
const element = document.getElementById('root')
const root = element && createRoot(element)
let release = (): void => undefined
let opened = 0

/** Draws the window for whoever works with it. All that the first picture needs is asked for at once, beside
 *  the first room's code; what could not be had is said in the window. */
const open = async (): Promise<void> => {
  opened += 1
  const own = opened
  release()
  const scoped = scopeBridge(bridge)
  release = scoped.release
  const workspace = createWorkspace(scoped.bridge)
  await Promise.allSettled([
    workspace.session.getState().load(),
    workspace.directory.getState().load(),
    fetchFirstRoom(),
  ])
  if (own !== opened) return
  const locked = workspace.session.getState().boot?.lock.locked ?? false
  root?.render(
    <WorkspaceContext key={own} value={workspace}>
      {locked ? <LockScreen onUnlocked={() => void open()} /> : <App />}
    </WorkspaceContext>,
  )
}

// Locked, unlocked or another user: all that the page knew is dropped, and asked for anew.
bridge.on('lock', () => void open())
void open()
