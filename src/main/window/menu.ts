import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { TextStep } from '@contract/about'

/** The menu. macOS cannot do without one; elsewhere the page handles its keys itself, and the default menu's
 *  Ctrl+W would close the window instead of a tab. `command` is told what was chosen. */
export function installMenu(command: (name: string) => void, stepText: (by: TextStep) => void): void {
  if (process.platform !== 'darwin') {
    Menu.setApplicationMenu(null)
    return
  }
  const send = (name: string) => () => command(name)
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: app.name, role: 'appMenu' },
      {
        label: 'File',
        submenu: [
          item('New request', 'Cmd+N', send('new-request')),
          item('Close tab', 'Cmd+W', send('close-tab')),
          item('Reopen closed tab', 'Cmd+Shift+T', send('reopen-tab')),
        ],
      },
      { role: 'editMenu' },
      {
        label: 'View',
        submenu: [
          item('Command palette', 'Cmd+K', send('palette')),
          item('Next tab', 'Ctrl+Tab', send('next-tab')),
          item('Previous tab', 'Ctrl+Shift+Tab', send('previous-tab')),
          { type: 'separator' },
          item('Default text size', 'Cmd+0', () => stepText('usual')),
          item('Larger text', 'Cmd+Plus', () => stepText('larger')),
          item('Smaller text', 'Cmd+-', () => stepText('smaller')),
          { role: 'togglefullscreen' },
        ],
      },
      { role: 'windowMenu' },
    ]),
  )
}

function item(label: string, accelerator: string, click: () => void): MenuItemConstructorOptions {
  return {
    label,
    accelerator,
    click,
  }
}
