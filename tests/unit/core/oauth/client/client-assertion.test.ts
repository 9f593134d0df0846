import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import type { ConnectionSettings } from '../../../../../src/core/contract/connection-settings.ts'
import { makeSigningKey } from '../../../../../src/core/oauth/client/signing-key.ts'
import { makeAssertion } from '../../../../../src/core/oauth/token/assertion.ts'
import { requestTokens } from '../../../../../src/core/oauth/token/direct-grants.ts'
import type { Connection } from '../../../../../src/core/records/model.ts'
import { believe, connection, fakeFetch, issuer } from '../fake.ts'

const made = await makeSigningKey({ generate: 'ES256' })
if (!made.ok) throw new Error(made.error.message)
const keys = { signing: made.value }
const at = (
  clientAuthentication: Connection['clientAuthentication'],
  assertionAudience?: ConnectionSettings['assertionAudience'],
) => connection({ clientAuthentication, settings: { assertionAudience } })

/** Whom the client assertion of a token request is for. */
const audienceOf = async (to: Connection) => {
  const fetch = fakeFetch({ [`${issuer}/token`]: { body: { access_token: 'a', token_type: 'Bearer' } } })
  const clientSecret = 'a-client-secret-of-more-than-thirty-two-characters'
  const context = { connection: to, clientSecret, keys, fetch, now: () => 0, judgeIdToken: believe }
  expect(await requestTokens({ grant: 'client_credentials' }, context)).toMatchObject({ ok: true })
  return decodeJwt(fetch.sent[0]?.form.get('client_assertion') ?? '').aud
}

describe('the audience of an assertion', () => {
  it.each(['private_key_jwt', 'client_secret_jwt'] as const)(
    'of %s is as the connection says',
    async (way) => {
      expect(await audienceOf(at(way))).toBe(issuer)
      expect(await audienceOf(at(way, 'issuer'))).toBe(issuer)
      expect(await audienceOf(at(way, 'token_endpoint'))).toBe(`${issuer}/token`)
    },
  )

  it('of a JWT bearer grant is as the connection says', async () => {
    const made = async (audience?: ConnectionSettings['assertionAudience']) => {
      const assertion = await makeAssertion(
        { connection: at('none', audience), keys },
        { subject: 'alice', now: 0, newId: () => 'id' },
      )
      return assertion.ok ? decodeJwt(assertion.value).aud : assertion.error.code
    }
    expect(await made()).toBe(issuer)
    expect(await made('token_endpoint')).toBe(`${issuer}/token`)
  })
})
