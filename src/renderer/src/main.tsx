import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { fetchFirstRoom } from './app/rooms.ts'
import { getBridge } from './lib/bridge.ts'
import { createWorkspace, WorkspaceContext } from './lib/workspace.ts'

const workspace = createWorkspace(getBridge())
const root = document.getElementById('root')

// All that the first picture needs is asked for at once, beside the first room's code. What could not be
// had is said in the window.
void Promise.allSettled([
  workspace.session.getState().load(),
  workspace.directory.getState().load(),
  fetchFirstRoom(),
]).then(() => {
  if (!root) return
  createRoot(root).render(
    <WorkspaceContext value={workspace}>
      <App />
    </WorkspaceContext>,
  )
})
