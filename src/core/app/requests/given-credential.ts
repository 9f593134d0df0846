import type { RequestAuth } from '@contract/requests'
import { ok, type Failure, type Result } from '@contract/result'
import { authKindTable, type AuthField } from '@contract/tables/auth-kinds'
import { authSecrets } from '../../http/auth-texts.ts'
import type { CarriedCredential } from '../../http/wire.ts'

/** What a request is sent with by its own word, and which texts of that are secret. */
export interface GivenCredential {
  credential: CarriedCredential
  secrets: string[]
}

/** Asks for a token as a client, for itself. */
export type AskForToken = (
  auth: Extract<RequestAuth, { kind: 'client-credentials' }>,
) => Promise<Result<string>>

/** The credential of a request that names no account; nothing where it says nothing, or what it inherits is nothing.
 *  Codes: `auth_incomplete`, those of asking for a token. */
export async function givenCredential(
  auth: RequestAuth | undefined,
  askForToken: AskForToken,
): Promise<Result<GivenCredential | undefined>> {
  if (auth === undefined || auth.kind === 'inherit') return ok(undefined)
  const missing = missingIn(auth)
  if (missing !== undefined) return { ok: false, error: missing }
  const secrets = authSecrets(auth)
  // Whoever gives a password manually chooses the server that gets it, as with a header: an http address is warned of.
  const of = (text: string, more: Partial<CarriedCredential> = {}): Result<GivenCredential> =>
    ok({
      credential: { type: 'Bearer', text, allowInsecure: true, ...more },
      secrets: [...new Set([text, ...secrets])].filter((secret) => secret !== ''),
    })
  switch (auth.kind) {
    case 'bearer':
      return of(auth.token.trim())
    case 'basic':
      return of(base64(`${auth.username}:${auth.password}`), { place: { scheme: 'Basic' } })
    case 'digest':
      return of(auth.password, { proof: { kind: 'digest', username: auth.username } })
    case 'apikey':
      return of(auth.value, { place: { [auth.placement]: auth.key.trim() } })
    case 'awsv4': {
      const { accessKeyId, secretAccessKey, sessionToken, service, region } = auth
      return of(secretAccessKey, {
        proof: { kind: 'awsv4', accessKeyId, sessionToken, service, region },
      })
    }
    case 'client-credentials': {
      const token = await askForToken(auth)
      return token.ok ? of(token.value) : token
    }
  }
}

/** Header names and values as RFC 9110 has them (sections 5.1 and 5.5). */
const token = /^[!#$%&'*+.^_`|~\w-]+$/
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/

function missingIn(auth: RequestAuth): Failure | undefined {
  const row: { called: string; fields: Readonly<Record<string, AuthField>> } = authKindTable[auth.kind]
  const texts = new Map(Object.entries<string>({ ...auth }))
  const empty = Object.entries(row.fields).find(
    ([name, { optional }]) => optional !== true && texts.get(name)?.trim() === '',
  )
  if (empty)
    return {
      code: 'auth_incomplete',
      message: `${empty[1].label} is empty in the auth of this request (${row.called}). Nothing was sent.`,
      next: 'Enter it in the Auth tab, or choose another kind of auth.',
    }
  const unfit =
    (auth.kind === 'apikey' && auth.placement !== 'query' && !token.test(auth.key.trim())) ||
    (auth.kind === 'apikey' && auth.placement !== 'query' && !fieldValue.test(auth.value)) ||
    (auth.kind === 'bearer' && !fieldValue.test(auth.token.trim()))
  return unfit
    ? {
        code: 'auth_incomplete',
        message: `The auth of this request (${row.called}) contains a line break or a character that headers cannot carry. Nothing was sent.`,
        next: 'Correct it in the Auth tab.',
      }
    : undefined
}

/** Of UTF-8 (RFC 7617 section 2.1). */
function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
}
