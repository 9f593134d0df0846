import type { ClientMetadata, Provider } from 'oidc-provider'
import { ConfigurationError, pointerOf, type PlacedProblem } from '../config/problems.ts'

/** What oidc-provider has against a registration, or nothing. */
export function judgeClient(provider: Provider, metadata: Record<string, unknown>): string | undefined {
  try {
    new (provider.Client as unknown as new (metadata: unknown) => unknown)(metadata)
    return undefined
  } catch (error) {
    const { error_description: description, message } = error as Error & { error_description?: string }
    return description ?? message
  }
}

/** Lets oidc-provider judge every configured client before anyone comes; what it does not take stops the start. */
export async function checkClients(provider: Provider, clients: readonly ClientMetadata[]): Promise<void> {
  const problems: PlacedProblem[] = []
  for (const [index, { client_id: id }] of clients.entries()) {
    try {
      await provider.Client.find(id)
    } catch (error) {
      const { error_description: description, message } = error as Error & { error_description?: string }
      const text = description ?? message
      const [, member] = /^'?([a-z_]+)'?\b/.exec(text) ?? []
      const isMember = member !== undefined && member.includes('_')
      problems.push({ place: pointerOf(['clients', index, ...(isMember ? [member] : [])]), message: text })
    }
  }
  if (problems.length > 0) throw new ConfigurationError(problems)
}
