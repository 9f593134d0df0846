import type { PendingSignIn } from '@contract/accounts'
import { grantOf, grantTable } from '@contract/tables/grants'
import { fail, ok, type Result } from '@contract/result'
import type { ConnectionStore, PendingSignInStore } from '../../records/ports.ts'
import type { DeviceSignIn } from './device-sign-in.ts'
import type { CurrentSession } from '../vault/session.ts'
import type { createSignIn } from './sign-in.ts'

interface Dependencies {
  session: CurrentSession
  connections: ConnectionStore
  pending: PendingSignInStore
  browser: ReturnType<typeof createSignIn>
  device: DeviceSignIn
}

/** All sign-ins under way, by the browser or by device code, as the page handles them. Codes:
 *  `connection_unknown`, `grant_needs_input`, those of both. */
export function createPendingSignIns({ session, connections, pending, browser, device }: Dependencies) {
  function deviceRecord(id: string) {
    const record = pending.get(id)
    return record?.kind === 'device' && record.userId === session().user.id ? record : undefined
  }
  return {
    ...browser,
    async start(
      input: Parameters<ReturnType<typeof createSignIn>['start']>[0],
    ): Promise<Result<PendingSignIn>> {
      const connection = connections.get(session().user.id, input.connectionId)
      if (!connection) return fail('connection_unknown', 'This connection was removed.', 'Connect again.')
      const { by } = grantTable[grantOf(connection.settings)]
      if (by === 'browser') return browser.start(input)
      if (by === 'device') return device.start(connection)
      return fail(
        'grant_needs_input',
        'This connection gets its tokens without a browser.',
        'Open the connection and get a token there.',
      )
    },
    list(): Result<PendingSignIn[]> {
      // The codes first: they end by themselves what expired.
      const codes = device.list()
      const redirects = browser.list()
      return redirects.ok ? ok([...redirects.value, ...codes]) : redirects
    },
    cancel(id: string): Result<null> {
      const record = deviceRecord(id)
      return record ? device.cancel(record) : browser.cancel(id)
    },
    async openAgain(id: string): Promise<Result<{ browserOpened: boolean }>> {
      const record = deviceRecord(id)
      return record ? device.openAgain(record) : browser.openAgain(id)
    },
    async copyUrl(id: string): Promise<Result<null>> {
      const record = deviceRecord(id)
      return record ? device.copyUrl(record) : browser.copyUrl(id)
    },
    async settle(): Promise<void> {
      await Promise.all([browser.settle(), device.settle()])
    },
  }
}
