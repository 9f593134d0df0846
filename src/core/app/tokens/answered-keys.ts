import type { SignatureKeys } from '../../jwt/keys/verify-signature.ts'
import type { ProviderKeys } from '../../oauth/discovery/jwks.ts'
import type { Connection } from '../../records/model.ts'
import { keysToDoubt } from './judge-id-token.ts'

/** Answers that are kept; the oldest is forgotten. */
const most = 20

const notAsked: SignatureKeys = { keysMissing: 'The provider was not asked for its keys.' }

/** What providers answered when the user asked for their keys, so that what is typed afterwards asks no one again. */
export function createAnsweredKeys(providerKeys: ProviderKeys) {
  const answers = new Map<string, Promise<SignatureKeys>>()

  function keep(place: string, answer: Promise<SignatureKeys>): void {
    answers.delete(place)
    answers.set(place, answer)
    for (const [oldest] of answers) if (answers.size > most) answers.delete(oldest)
  }

  return {
    /** The keys of a connection's provider: asked for, of the last answer (`kept`), or none. */
    async keysOf(connection: Connection, kid: unknown, how: boolean | 'kept'): Promise<SignatureKeys> {
      const place = `${connection.id} ${connection.metadata.jwks_uri ?? ''}`
      if (how === false) return notAsked
      if (how === 'kept') return withoutQuestion(await (answers.get(place) ?? notAsked))
      const answer = keysToDoubt(providerKeys, connection, undefined, kid)
      keep(place, answer)
      const keys = await answer
      const { again } = keys
      if (again === undefined) return keys
      return {
        ...keys,
        // Renewed keys count from then on.
        again: async () => {
          const renewed = await again()
          if (renewed) keep(place, Promise.resolve({ ...keys, keys: renewed }))
          return renewed
        },
      }
    },
  }
}

function withoutQuestion({ again: _again, ...keys }: SignatureKeys): SignatureKeys {
  return keys
}
