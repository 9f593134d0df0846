import { errors, type BackchannelAuthenticationRequest, type Provider } from 'oidc-provider'
import type { Configuration } from '../config/schema.ts'
import type { BackchannelRequest } from '../provider/features.ts'

export type WaitingRequest = { id: string; client: string; accountId: string; scope: string }

type Waiting = WaitingRequest & { provider: Provider; request: BackchannelAuthenticationRequest }

const most = 200

/** Backchannel authentication (CIBA): answered at once as configured, or by the admin API. */
export function createBackchannel(
  mode: Configuration['features']['ciba'],
  apiBase: string,
  log: (message: string) => void,
) {
  const waiting = new Map<string, Waiting>()
  let count = 0

  async function settle(
    { provider, request, accountId }: Omit<Waiting, keyof WaitingRequest> & { accountId: string },
    isApproved: boolean,
  ) {
    if (!isApproved) return provider.backchannelResult(request, new errors.AccessDenied())
    const { clientId, scope = '' } = request as BackchannelAuthenticationRequest & {
      clientId: string
      scope?: string
    }
    const grant = new provider.Grant({ accountId, clientId })
    grant.addOIDCScope(scope)
    grant.addResourceScope(apiBase, scope)
    await grant.save()
    await provider.backchannelResult(request, grant, { acr: undefined as unknown as string, amr: ['pwd'] })
  }

  return {
    onRequest: async ({ provider, request, accountId }: BackchannelRequest): Promise<void> => {
      if (mode !== 'admin') {
        // After the response to the client, which has to know its request first.
        setImmediate(() => {
          settle({ provider, request, accountId }, mode === 'approve').catch((error: unknown) =>
            log(`Backchannel: ${String(error)}`),
          )
        })
        return
      }
      count += 1
      const { clientId, scope = '' } = request as BackchannelAuthenticationRequest & {
        clientId: string
        scope?: string
      }
      const id = String(count)
      waiting.set(id, { id, client: clientId, accountId, scope, provider, request })
      const oldest = waiting.keys().next()
      if (waiting.size > most && !oldest.done) waiting.delete(oldest.value)
    },
    list: (): WaitingRequest[] =>
      [...waiting.values()].map(({ id, client, accountId, scope }) => ({ id, client, accountId, scope })),
    decide: async (id: string, isApproved: boolean): Promise<boolean> => {
      const one = waiting.get(id)
      if (!one) return false
      waiting.delete(id)
      await settle(one, isApproved)
      return true
    },
    clear: () => waiting.clear(),
  }
}

export type Backchannel = ReturnType<typeof createBackchannel>
