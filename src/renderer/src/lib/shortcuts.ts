import { pressOf, rooms, roomTable } from './rooms.ts'

/** Every key of the window with what it does; Ctrl is Cmd on a Mac. What handles a key asks `shortcutOf`. */
export const shortcuts = [
  { id: 'palette', press: 'Ctrl K', says: 'Command palette' },
  { id: 'new-request', press: 'Ctrl N', says: 'New request' },
  { id: 'send', press: 'Ctrl Enter', says: 'Send the request' },
  { id: 'save', press: 'Ctrl S', says: 'Save the request' },
  { id: 'copy-curl', press: 'Ctrl Shift C', says: 'Copy the request as curl' },
  { id: 'rename', press: 'F2', says: 'Rename the request' },
  { id: 'duplicate', press: 'Ctrl D', says: 'Duplicate the request or folder' },
  { id: 'move-up', press: 'Alt Up', says: 'Move up in its folder' },
  { id: 'move-down', press: 'Alt Down', says: 'Move down in its folder' },
  { id: 'close-tab', press: 'Ctrl W', says: 'Close the tab' },
  { id: 'reopen-tab', press: 'Ctrl Shift T', says: 'Reopen the closed tab' },
  { id: 'next-tab', press: 'Ctrl Tab', says: 'Next tab' },
  { id: 'previous-tab', press: 'Ctrl Shift Tab', says: 'Previous tab' },
  { id: 'move-tab-left', press: 'Ctrl Shift PageUp', says: 'Move tab left' },
  { id: 'move-tab-right', press: 'Ctrl Shift PageDown', says: 'Move tab right' },
  ...rooms.map((room) => ({ id: room, press: pressOf(room), says: roomTable[room].name })),
  { id: 'next-pane', press: 'F6', says: 'Next part of the window' },
  { id: 'previous-pane', press: 'Shift F6', says: 'Previous part of the window' },
  { id: 'larger', press: 'Ctrl +', says: 'Larger text' },
  { id: 'smaller', press: 'Ctrl -', says: 'Smaller text' },
  { id: 'usual', press: 'Ctrl 0', says: 'Default text size' },
  { id: 'lock', press: 'Ctrl L', says: 'Lock' },
] as const

export type Shortcut = (typeof shortcuts)[number]['id']

/** The keys of an action, as menus show them. */
export function keysOf(id: Shortcut): string | undefined {
  return shortcuts.find((shortcut) => shortcut.id === id)?.press.replace('Page', 'Pg')
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/** What this key asks for; undefined where it is no key of ours. */
export function shortcutOf({ key, ctrlKey, metaKey, shiftKey, altKey }: Press): Shortcut | undefined {
  const plain = key === '=' ? '+' : key === '_' ? '-' : key.replace(/^Arrow/, '')
  const name = plain.length === 1 ? plain.toUpperCase() : plain
  // Which of these needs Shift depends on the keyboard.
  const shift = shiftKey && name !== '+' && name !== '-'
  const press = [
    ...(ctrlKey || metaKey ? ['Ctrl'] : []),
    ...(altKey ? ['Alt'] : []),
    ...(shift ? ['Shift'] : []),
    name,
  ].join(' ')
  return shortcuts.find((shortcut) => shortcut.press === press)?.id
}
