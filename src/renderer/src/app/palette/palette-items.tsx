import {
  ArrowLeftRight,
  FlaskConical,
  Lock,
  LogIn,
  Moon,
  Plug,
  Plus,
  RefreshCw,
  Sun,
  Trash2,
  Undo2,
} from 'lucide-react'
import type { CollectionView } from '@contract/collections.ts'
import type { ExchangeSummary } from '@contract/requests.ts'
import type { Failure } from '@contract/result.ts'
import { callAs, openAccount, openConnection, startPlayground } from '../../features/accounts/index.ts'
import { isSent, newRequest, openExchange, openPlace } from '../../features/requests/index.ts'
import { switchEnvironment } from '../../lib/environment.ts'
import { hostOf, pathOf, timeOfDay } from '../../lib/format.ts'
import { lockNow } from '../../lib/lock.ts'
import { pressOf, rooms, roomTable } from '../../lib/rooms.ts'
import type { Workspace } from '../../lib/workspace.ts'
import { Ring } from '../../ui/ring.tsx'
import { Method } from '../../ui/tag.tsx'
import { roomIcons } from '../room-parts.tsx'
import type { PaletteItem } from './palette-item.ts'
import { collectionItems, faultItems, requestItems, settingsItems, textItems } from './further-items.tsx'

interface Given {
  collections: CollectionView[]
  history: ExchangeSummary[]
  refresh: (accountId: string) => Promise<Failure | null>
  connect: () => void
  newCollection: () => void
}

const historyShown = 50
/** Requests of one collection: a palette is no place for thousands. */
const requestsShown = 500

/** All that the palette offers at this moment. */
export function paletteGroups(workspace: Workspace, given: Given): { title: string; items: PaletteItem[] }[] {
  return [
    { title: 'Commands', items: [...commandItems(workspace, given), ...roomItems(workspace)] },
    // Not first: what is first is picked by Enter, and closing is not what someone asks for silently.
    { title: 'This tab', items: requestItems(workspace) },
    { title: 'Playground', items: faultItems(workspace) },
    { title: 'Accounts', items: accountItems(workspace, given) },
    {
      title: 'Requests',
      items: given.collections.flatMap((collection) =>
        collection.items
          .filter(({ kind, fault }) => isSent({ kind, ...(fault && { fault }) }))
          .slice(0, requestsShown)
          .map(({ path, name, method = 'GET' }) => ({
            id: `request:${collection.id}:${path}`,
            name,
            detail:
              collection.own && !path.includes('/')
                ? ''
                : [collection.name, ...path.split('/').slice(0, -1)].join(' / '),
            lead: <Method method={method} />,
            run: () => void openPlace(workspace, { collectionId: collection.id, path }),
          })),
      ),
    },
    {
      title: 'History',
      items: given.history.slice(0, historyShown).map((exchange) => ({
        id: `exchange:${exchange.id}`,
        name: pathOf(exchange.url),
        detail: `${timeOfDay(exchange.at)} · ${exchange.status ?? 'failed'}`,
        lead: <Method method={exchange.method} />,
        run: () => openExchange(workspace, exchange),
      })),
    },
    { title: 'Settings', items: settingsItems(workspace) },
  ]
}

function roomItems({ tabs }: Workspace): PaletteItem[] {
  const { goTo } = tabs.getState()
  return rooms.map((room) => {
    const Icon = roomIcons[room]
    return {
      id: room,
      name: `Go to ${roomTable[room].name}`,
      lead: <Icon />,
      keys: pressOf(room),
      run: () => goTo(room),
    }
  })
}

function commandItems(workspace: Workspace, given: Given): PaletteItem[] {
  const { session, directory } = workspace
  const { boot, setTheme, stopPlayground } = session.getState()
  const items: PaletteItem[] = [
    { id: 'new', name: 'New request', lead: <Plus />, keys: 'Ctrl N', run: () => newRequest(workspace) },
    ...reopenItem(workspace),
    { id: 'connect', name: 'Connect a provider…', lead: <Plug />, staysOpen: true, run: given.connect },
    boot?.playground.state === 'running'
      ? { id: 'stop', name: 'Stop the playground', lead: <FlaskConical />, run: () => void stopPlayground() }
      : {
          id: 'start',
          name: 'Start the playground',
          lead: <FlaskConical />,
          run: () => void startPlayground(workspace),
        },
  ]
  items.push(...collectionItems(workspace, given.newCollection), ...textItems(workspace))
  items.push({
    id: 'bin',
    name: 'Open the bin',
    detail: 'deleted items',
    lead: <Trash2 />,
    run: () => workspace.tabs.getState().showSettings('bin'),
  })
  items.push({
    id: 'lock',
    name: 'Lock Gatehouse',
    lead: <Lock />,
    keys: 'Ctrl L',
    run: () => void lockNow(workspace),
  })
  for (const { id, name, current } of directory.getState().environments) {
    if (current) continue
    items.push({
      id: `environment:${id}`,
      name: `Switch to the environment ${name}`,
      lead: <ArrowLeftRight />,
      run: () => void switchEnvironment(workspace, id),
    })
  }
  for (const connection of directory.getState().connections) {
    items.push({
      id: `sign-in:${connection.id}`,
      name: `Sign in through ${connection.name}`,
      lead: <LogIn />,
      run: () => {
        openConnection(workspace, connection)
        void directory.getState().signIn(connection.id)
      },
    })
  }
  if (boot?.theme !== 'light')
    items.push({ id: 'light', name: 'Light theme', lead: <Sun />, run: () => void setTheme('light') })
  if (boot?.theme !== 'dark')
    items.push({ id: 'dark', name: 'Dark theme', lead: <Moon />, run: () => void setTheme('dark') })
  return items
}

function reopenItem({ tabs }: Workspace): PaletteItem[] {
  const { closed, reopen } = tabs.getState()
  const last = closed[0]
  if (!last) return []
  const detail = last.face.title
  return [
    { id: 'reopen', name: 'Reopen closed tab', detail, lead: <Undo2 />, keys: 'Ctrl Shift T', run: reopen },
  ]
}

function accountItems(workspace: Workspace, given: Given): PaletteItem[] {
  const { accounts, connections } = workspace.directory.getState()
  return accounts.flatMap((account) => {
    const through = connections.find(({ id }) => id === account.connectionId)?.name ?? hostOf(account.issuer)
    const items: PaletteItem[] = [
      {
        id: `account:${account.id}`,
        name: account.displayName,
        detail: through,
        lead: <Ring life={account.life} />,
        run: () => openAccount(workspace, account),
      },
      {
        id: `call:${account.id}`,
        name: `New request as ${account.displayName}`,
        detail: through,
        lead: <Plus />,
        run: () => callAs(workspace, account.id),
      },
    ]
    if (account.hasRefreshToken) {
      items.push({
        id: `refresh:${account.id}`,
        name: `Refresh ${account.displayName}`,
        detail: through,
        lead: <RefreshCw />,
        run: () =>
          void given.refresh(account.id).then((failure) => {
            const toasts = workspace.toasts.getState()
            if (failure) toasts.fail(failure)
            else toasts.show(`New tokens for ${account.displayName}.`, 'ok')
          }),
      })
    }
    return items
  })
}
