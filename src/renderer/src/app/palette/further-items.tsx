import {
  ALargeSmall,
  Bug,
  Copy,
  FolderOpen,
  FolderPlus,
  ListX,
  Save,
  Send,
  SlidersHorizontal,
  X,
} from 'lucide-react'
import { keysOf } from '@contract/tables/keys-of.ts'
import { collections, copyCurl, requests, saveRequest } from '../../features/requests/index.ts'
import { faultNames } from '../../lib/playground-faults.ts'
import { settingsSectionTable, type SettingsSection } from '../../lib/settings-sections.ts'
import type { Workspace } from '../../lib/workspace.ts'
import type { PaletteItem } from './palette-item.ts'

/** What can be done with the open tab, and with the request in it. */
export function requestItems(workspace: Workspace): PaletteItem[] {
  const { tabs, activeId, close, closeOthers } = workspace.tabs.getState()
  const tab = tabs.find(({ id }) => id === activeId)
  if (!tab) return []
  const { id } = tab
  const store = requests.of(workspace).getState()
  const request = store.open[id]
  const detail = tab.face.title
  const items: PaletteItem[] = [
    { id: 'close', name: 'Close the tab', detail, lead: <X />, keys: 'Ctrl W', run: () => close(id) },
  ]
  if (tabs.length > 1)
    items.push({ id: 'close-others', name: 'Close other tabs', lead: <ListX />, run: () => closeOthers(id) })
  if (!request) return items
  const acts: PaletteItem[] = [
    {
      id: 'save',
      name: 'Save the request',
      detail,
      lead: <Save />,
      keys: 'Ctrl S',
      run: () => saveRequest(workspace, id),
    },
    {
      id: 'curl',
      name: 'Copy as curl',
      detail,
      lead: <Copy />,
      run: () => void copyCurl(workspace, request.draft, request.file),
    },
  ]
  if (request.draft.url.trim() !== '' && request.sendId === null)
    acts.unshift({
      id: 'send',
      name: 'Send the request',
      detail,
      lead: <Send />,
      keys: 'Ctrl Enter',
      run: () => void store.send(id),
    })
  return [...acts, ...items]
}

export function collectionItems(workspace: Workspace, make: () => void): PaletteItem[] {
  async function open(): Promise<void> {
    const failure = await collections.of(workspace).getState().open()
    if (failure) workspace.toasts.getState().fail(failure)
  }
  return [
    {
      id: 'open-collection',
      name: 'Open a collection folder…',
      lead: <FolderOpen />,
      run: () => {
        workspace.tabs.getState().goTo('requests')
        void open()
      },
    },
    { id: 'new-collection', name: 'New collection…', lead: <FolderPlus />, staysOpen: true, run: make },
  ]
}

const textSteps = [
  ['larger', 'Larger text', 'Ctrl +'],
  ['smaller', 'Smaller text', 'Ctrl -'],
  ['usual', 'Default text size', 'Ctrl 0'],
] as const

export function textItems({ bridge }: Workspace): PaletteItem[] {
  return textSteps.map(([by, name, keys]) => ({
    id: `text:${by}`,
    name,
    lead: <ALargeSmall />,
    keys,
    run: () => void bridge.call['app:step-text-size']({ by }),
  }))
}

/** The faults of a playground that runs, each to be switched. */
export function faultItems({ session, bridge, toasts }: Workspace): PaletteItem[] {
  const playground = session.getState().boot?.playground
  if (playground?.state !== 'running') return []
  return keysOf(faultNames).map((fault) => {
    const on = !playground.faults.includes(fault)
    const name = faultNames[fault]
    return {
      id: `fault:${fault}`,
      name: `${on ? 'Turn on' : 'Turn off'} the fault: ${name}`,
      lead: <Bug />,
      run: () =>
        void bridge.call['playground:set-fault']({ fault, on }).then((answer) => {
          if (answer.ok) toasts.getState().show(`${name}: ${on ? 'on' : 'off'}.`, 'ok')
          else toasts.getState().fail(answer.error)
        }),
    }
  })
}

/** What is found in each section, as someone may look for it. */
const found: Record<SettingsSection, string> = {
  appearance: 'theme, text size, keyboard shortcuts',
  environments: 'variables',
  history: 'limits of age, number and size',
  bin: 'deleted items, restore',
  vault: 'password, keyring, encryption, users',
  lock: 'after a time, with the screen',
  backups: 'restore, check the database',
  export: 'the vault as a file',
  redirect: 'redirect URI, custom scheme, loopback',
  network: 'proxy, TLS, client certificates, HTTP/2, time limits',
  cookies: 'cookie jars of accounts',
  authorities: 'trust, CA, PEM',
  about: 'version, bug report, licenses',
}

export function settingsItems({ tabs }: Workspace): PaletteItem[] {
  return keysOf(settingsSectionTable).map((section) => ({
    id: `settings:${section}`,
    name: `Settings: ${settingsSectionTable[section]}`,
    detail: found[section],
    lead: <SlidersHorizontal />,
    run: () => tabs.getState().showSettings(section),
  }))
}
