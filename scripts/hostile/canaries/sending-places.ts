import { keysOf } from '../../../src/core/contract/tables/keys-of.ts'
import { authKindTable, type AuthField } from '../../../src/core/contract/tables/auth-kinds.ts'
import type { RequestAuth, RequestDraft } from '../../../src/core/contract/requests.ts'
import { saveInCollection } from './kept-places.ts'
import { tokens } from './oauth-places.ts'
import type { Place } from './places.ts'
import { saveAndSend } from './request-places.ts'
import { row, type World } from './world.ts'

/** Saves and sends it, and does the same in a collection. */
async function everywhere(world: World, part: Partial<RequestDraft>): Promise<void> {
  world.odd.answers['/token'] = () => tokens()
  await saveAndSend(world, part)
  await world.send(part, {
    status: 401,
    headers: { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256' },
  })
  await saveInCollection(world, part)
}

/** Auth of a kind, with the canary in one of its fields. */
function authWith(world: World, kind: RequestAuth['kind'], secret: string, canary: string, round: number) {
  const fields = Object.entries<AuthField>(authKindTable[kind].fields).map(([name, { options }]) => {
    const placements = Object.keys(options ?? {})
    if (name === secret) return [name, canary]
    if (placements.length > 0) return [name, placements[round % placements.length]]
    return [name, name === 'tokenUrl' ? `${world.odd.issuer}/token` : 'a-word']
  })
  return { kind, ...(Object.fromEntries(fields) as object) } as RequestAuth
}

/** Each secret of each kind of auth. */
const auths = keysOf(authKindTable).flatMap((kind) =>
  Object.entries<AuthField>(authKindTable[kind].fields)
    .filter(([, { secret }]) => secret === true)
    .map(([name, { label }]): [string, Place] => [
      `${authKindTable[kind].called}: ${label}`,
      {
        alphabet: kind === 'basic' || kind === 'digest' ? 'any' : 'token',
        plant: (world, canary, round) =>
          everywhere(world, { auth: authWith(world, kind, name, canary, round) }),
      },
    ]),
)

/** What a request is given beside its headers. */
export const sendingPlaces: Record<string, Place> = {
  ...Object.fromEntries(auths),
  'a part of a multipart body': {
    alphabet: 'any',
    plant: (world, canary) =>
      everywhere(world, { body: { kind: 'multipart', parts: [row('password', canary), row('a', 'b')] } }),
  },
  'the variables of GraphQL': {
    alphabet: 'any',
    plant: (world, canary) =>
      everywhere(world, {
        body: {
          kind: 'graphql',
          query: 'mutation m($password: String) { m(password: $password) }',
          variables: JSON.stringify({ password: canary }),
        },
      }),
  },
}
