import type { AccountView } from '../../src/core/contract/accounts.ts'
import type { ConnectionDraft } from '../../src/core/contract/connections.ts'
import type { Result } from '../../src/core/contract/result.ts'
import { startOddProvider, type OddProvider } from './odd-provider.ts'
import { openWorkbench, type Workbench } from './workbench.ts'

export const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

/** A workbench beside an odd provider. */
export interface OddBench {
  bench: Workbench
  odd: OddProvider
  connect: (change?: Partial<ConnectionDraft>) => Promise<string>
  /** Signs in through the connection; the outcome as it came. */
  signIn: (connectionId: string) => Promise<Result<{ accountId: string }>>
  account: (id: string) => Promise<AccountView>
  close: () => Promise<void>
}

export const openOddBench = async (): Promise<OddBench> => {
  const odd = await startOddProvider()
  const playground = { issuer: odd.issuer, apiBase: odd.issuer, users: [] }
  const bench = await openWorkbench({ playground })
  return {
    bench,
    odd,
    connect: async (change = {}) =>
      value(
        await bench.app.connections.save({
          name: 'Odd',
          provider: { issuer: odd.issuer },
          clientId: odd.client.clientId,
          clientAuthentication: 'none',
          scope: 'read',
          redirectKind: 'custom-scheme',
          allowInsecure: false,
          ...change,
        }),
      ).id,
    signIn: async (connectionId) => {
      value(await bench.app.signIn.start({ connectionId }))
      return bench.app.signIn.receive(await odd.follow(bench.opened.at(-1) ?? ''))
    },
    account: async (id) => value(await bench.app.accounts.get(id)),
    close: async () => {
      await bench.close()
      await odd.stop()
    },
  }
}
