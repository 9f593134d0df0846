import { defined } from '@contract/defined'
import type { PlaygroundClient, PlaygroundFault, PlaygroundState, PlaygroundUser } from '@contract/app'
import { fail, ok, type Result } from '@contract/result'
import type { Connection, ProviderMetadata } from '../../records/model.ts'
import type { Clock, ConnectionStore } from '../../records/ports.ts'
import { createSaveConnection, type Resealing } from '../connections/connection-proof.ts'
import type { CurrentSession } from '../vault/session.ts'

/** A playground that runs: where it is, who can sign in, what can go wrong, and how to end it. */
export interface RunningPlayground {
  issuer: string
  api: string
  users: PlaygroundUser[]
  clients: PlaygroundClient[]
  /** Switched on when it came up. */
  faults: PlaygroundFault[]
  /** Switches a fault; answers all that are on then. Codes: `playground_no_answer`, `playground_refused`,
   *  `playground_not_running`. */
  setFault: (fault: PlaygroundFault, on: boolean) => Promise<Result<PlaygroundFault[]>>
  stop: () => Promise<void>
  onExit: (listener: () => void) => void
}

interface Dependencies {
  session: CurrentSession
  clock: Clock
  newId: () => string
  connections: ConnectionStore
  resealing: Resealing
  launch: () => Promise<Result<RunningPlayground>>
  discover: (issuer: string) => Promise<Result<ProviderMetadata>>
  /** Whether the system hands our scheme to this app; without it the redirect goes to loopback. */
  schemeWorks: () => Promise<boolean>
  copyText: (text: string) => Promise<void>
  notify: (state: PlaygroundState) => void
  changed: () => void
}

const scope = 'openid profile email offline_access orders:read orders:write'

const notRunning = fail('playground_not_running', 'The playground is not running.', 'Start it first.')

/** Starts and stops the playground, switches its faults, and keeps a connection to it. The public client is the one that the
 *  playground registers for native apps. */
export function createPlayground(deps: Dependencies) {
  const saveConnection = createSaveConnection(deps)
  let current: PlaygroundState = { state: 'stopped' }
  let running: RunningPlayground | undefined
  let starting: Promise<Result<PlaygroundState>> | undefined

  function become(state: PlaygroundState): Result<PlaygroundState> {
    current = state
    deps.notify(state)
    return ok(state)
  }

  async function connect(playground: RunningPlayground, metadata: ProviderMetadata): Promise<Connection> {
    const redirectKind = (await deps.schemeWorks()) ? 'custom-scheme' : 'loopback'
    const { user, environment } = deps.session()
    const known = deps.connections
      .list(user.id)
      .find(
        (each) =>
          each.isPlayground &&
          each.environmentId === environment.id &&
          each.metadata.issuer === playground.issuer,
      )
    const now = deps.clock.now()
    const read: Pick<Connection, 'metadata' | 'metadataSource' | 'metadataFetchedAt' | 'updatedAt'> = {
      metadata,
      metadataSource: 'discovery',
      metadataFetchedAt: now,
      updatedAt: now,
    }
    // What the user made of it stays: client, settings, keys.
    const connection: Connection = known
      ? {
          ...known,
          ...read,
          ...defined({ resource: known.resource === undefined ? undefined : playground.api }),
        }
      : {
          id: deps.newId(),
          userId: user.id,
          environmentId: environment.id,
          name: 'Playground',
          ...read,
          clientId: 'gatehouse-desktop',
          clientAuthentication: 'none',
          scope,
          resource: playground.api,
          redirectKind,
          allowInsecure: false,
          isPlayground: true,
          createdAt: now,
        }
    saveConnection(known, connection)
    deps.changed()
    return connection
  }

  async function start(): Promise<Result<PlaygroundState>> {
    become({ state: 'starting' })
    const launched = await deps.launch()
    if (!launched.ok) {
      return become({ state: 'failed', message: launched.error.message, next: launched.error.next ?? '' })
    }
    const playground = launched.value
    const metadata = await deps.discover(playground.issuer)
    if (!metadata.ok) {
      await playground.stop()
      become({ state: 'stopped' })
      // Throws where Gatehouse was locked meanwhile: nothing failed then.
      deps.session()
      return become({ state: 'failed', message: metadata.error.message, next: metadata.error.next ?? '' })
    }
    let connection: Connection
    try {
      connection = await connect(playground, metadata.value)
    } catch (error) {
      // Locked meanwhile, or the disk is full: no one would ever end it.
      await playground.stop()
      become({ state: 'stopped' })
      throw error
    }
    running = playground
    playground.onExit(() => {
      if (running !== playground) return
      running = undefined
      become({ state: 'failed', message: 'The playground stopped unexpectedly.', next: 'Start it again.' })
    })
    const { issuer, api, users, clients, faults } = playground
    return become({ state: 'running', issuer, api, users, clients, faults, connectionId: connection.id })
  }

  /** What the page may have on the clipboard: all of it is shown to everyone, and none of it a secret. */
  function textOf(what: 'password' | 'client-id' | 'client-secret', of: string): string | undefined {
    if (current.state !== 'running') return undefined
    if (what === 'password') return current.users.find(({ username }) => username === of)?.password
    const client = current.clients.find(({ clientId }) => clientId === of)
    return what === 'client-id' ? client?.clientId : client?.secret
  }

  return {
    async start(): Promise<Result<PlaygroundState>> {
      if (running) return ok(current)
      starting ??= start().finally(() => (starting = undefined))
      return starting
    },
    async stop(): Promise<Result<PlaygroundState>> {
      await starting?.catch(() => undefined)
      const playground = running
      running = undefined
      await playground?.stop()
      return become({ state: 'stopped' })
    },
    async setFault({ fault, on }: { fault: PlaygroundFault; on: boolean }): Promise<Result<PlaygroundState>> {
      const playground = running
      if (!playground) return notRunning
      const answer = await playground.setFault(fault, on)
      if (!answer.ok) return answer
      if (running !== playground || current.state !== 'running') return notRunning
      return become({ ...current, faults: answer.value })
    },
    async copy({ what, of }: { what: Parameters<typeof textOf>[0]; of: string }): Promise<Result<null>> {
      if (!running) return notRunning
      const text = textOf(what, of)
      if (text === undefined)
        return fail('playground_unknown', 'The playground has no such user or client.', 'Copy another one.')
      await deps.copyText(text)
      return ok(null)
    },
  }
}
