import * as library from 'oauth4webapi'
import { describe, expect, it } from 'vitest'
import {
  clientAuthenticationTable as table,
  isByKey,
  type ClientAuthentication,
} from '@contract/tables/client-authentications'
import { keysOf } from '@contract/tables/keys-of'
import { authenticatorOf } from '../../../../../src/core/oauth/client/authenticators.ts'
import type { ClientKeys } from '../../../../../src/core/oauth/client/client-keys.ts'
import { makeSigningKey } from '../../../../../src/core/oauth/client/signing-key.ts'
import { connection } from '../fake.ts'

const lacking = {
  nothing: undefined,
  secret: 'connection_no_secret',
  key: 'connection_no_key',
  certificate: 'connection_no_certificate',
} as const

function means(clientAuthentication: ClientAuthentication, keys: ClientKeys = {}, secret?: string) {
  return { library, connection: connection({ clientAuthentication }), secret, keys }
}

describe('ways of client authentication', () => {
  it.each(keysOf(table))('%s asks for what its row says it needs', async (method) => {
    const answer = await authenticatorOf(means(method))
    expect(answer.ok ? undefined : answer.error.code).toBe(lacking[table[method].needs])
  })

  it('each leave a proof of their own in the request', async () => {
    const signing = await makeSigningKey({ generate: 'ES256' })
    if (!signing.ok) throw new Error('no key')
    const keys = { signing: signing.value, certificate: { certificate: 'c', key: 'k' } }
    const seen: Record<string, string> = {}
    for (const method of keysOf(table)) {
      const made = await authenticatorOf(means(method, keys, 's+e cret'))
      if (!made.ok) throw new Error(made.error.code)
      const body = new URLSearchParams()
      const headers = new Headers()
      await made.value(
        { issuer: 'https://id.example' },
        { client_id: 'a:b', [library.clockTolerance]: 30 },
        body,
        headers,
      )
      const proof = body.get('client_assertion')
      seen[method] = [
        headers.get('authorization') ?? '',
        [...body.keys()].sort().join(' '),
        proof === null ? '' : (JSON.parse(atob(proof.split('.')[0] ?? '')) as { alg: string }).alg,
      ].join('|')
    }
    expect(seen).toEqual({
      none: '|client_id|',
      client_secret_basic: `Basic ${btoa('a%3Ab:s%2Be+cret')}||`,
      client_secret_post: '|client_id client_secret|',
      client_secret_jwt: '|client_assertion client_assertion_type client_id|HS256',
      private_key_jwt: '|client_assertion client_assertion_type client_id|ES256',
      tls_client_auth: '|client_id|',
      self_signed_tls_client_auth: '|client_id|',
    } satisfies Record<ClientAuthentication, string>)
  })

  it('count as by key only where nothing is shared', () => {
    expect(keysOf(table).filter(isByKey)).toEqual([
      'private_key_jwt',
      'tls_client_auth',
      'self_signed_tls_client_auth',
    ])
    expect(isByKey('toString')).toBe(false)
  })
})
