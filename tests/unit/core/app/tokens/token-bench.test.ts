import { readPem } from '../../../../../src/node/crypto/read-pem.ts'
import { describe, expect, it } from 'vitest'
import { createTokenBench, pasteLimit } from '../../../../../src/core/app/tokens/token-bench.ts'
import type { Connection } from '../../../../../src/core/records/model.ts'
import { ok } from '../../../../../src/core/contract/result.ts'
import { sampleToken } from '../../../../../src/renderer/src/features/token-bench/sample.ts'

const now = Date.UTC(2026, 5, 1)
const issuer = 'https://sample.example'

const connection = (id: string, part: Partial<Connection> = {}): Connection =>
  ({
    id,
    name: id,
    environmentId: 'here',
    clientId: 'another-client',
    scope: 'openid orders:write',
    metadata: { issuer, jwks_uri: `${issuer}/jwks` },
    ...part,
  }) as Connection

const world = (connections: Connection[], clipboard = '') => {
  const asked: string[] = []
  const bench = createTokenBench({
    session: () => ({ user: { id: 'u' }, environment: { id: 'here' } }) as never,
    clock: { now: () => now },
    connections: {
      list: () => connections,
      get: (_user: string, id: string) => connections.find((each) => each.id === id),
    } as never,
    providerKeys: async (url: string) => {
      asked.push(url)
      return ok({ keys: [], fetchedAt: now, notes: [] })
    },
    readPem,
    readClipboard: async () => clipboard,
  })
  const inspect = async (input: Parameters<typeof bench.inspect>[0]) => {
    const answer = await bench.inspect(input)
    if (!answer.ok) throw new Error(answer.error.code)
    return answer.value
  }
  const states = async (input: Parameters<typeof bench.inspect>[0]) =>
    Object.fromEntries((await inspect(input)).token.checks.map((check) => [check.id, check]))
  return { bench, inspect, states, asked }
}

describe('token bench', () => {
  it('offers the connections of its issuer, its own client first, and asks nobody', async () => {
    const { inspect, asked } = world([
      connection('elsewhere', { environmentId: 'there' }),
      connection('other client'),
      connection('other issuer', { metadata: { issuer: 'https://id.example' } }),
      connection('own', { clientId: 'sample-client' }),
    ])
    const view = await inspect({ text: sampleToken(now) })
    expect(view.connections.map(({ name }) => name)).toEqual(['own', 'other client', 'elsewhere'])
    expect(asked).toEqual([])
  })

  it('says that nothing is known of a pasted token', async () => {
    const { states } = world([])
    const { scope, issuer: from } = await states({ text: sampleToken(now) })
    expect(scope).toMatchObject({ state: 'not-checked', code: 'no_expectation' })
    expect(scope?.detail).toMatch(/was pasted/)
    expect(from?.code).toBe('no_expectation')
  })

  it('compares with a connection, offline', async () => {
    const { states, asked } = world([connection('own', { clientId: 'sample-client' }), connection('other')])
    const own = await states({ text: sampleToken(now), connectionId: 'own' })
    expect([own['issuer']?.state, own['client_id']?.state]).toEqual(['valid', 'valid'])
    expect(own['scope']).toMatchObject({ state: 'notice', code: 'scope_reduced' })
    expect(own['signature']).toMatchObject({ state: 'not-checked', detail: expect.stringContaining('asked') })
    const other = await states({ text: sampleToken(now), connectionId: 'other' })
    expect(other['client_id']).toMatchObject({ state: 'invalid', code: 'client_wrong' })
    expect(asked).toEqual([])
  })

  it('asks for the keys only by the second press', async () => {
    const { states, asked } = world([connection('own')])
    await states({ text: sampleToken(now), connectionId: 'own', withKeys: true })
    expect(asked).toEqual([`${issuer}/jwks`])
  })

  it('knows no connection that is gone', async () => {
    expect(await world([]).bench.inspect({ text: 'abc', connectionId: 'gone' })).toMatchObject({
      error: { code: 'connection_unknown' },
    })
  })

  it('pastes a token alone', async () => {
    const token = sampleToken(now)
    for (const text of [token, `Bearer ${token}`, `Authorization: DPoP ${token}`, `"${token}"`])
      expect(await world([], ` ${text}\n`).bench.paste()).toEqual({ ok: true, value: { text } })
    for (const text of [
      'correct horse',
      'a.b.c',
      'eyes.on.me now',
      `${token} and more`,
      'https://a.example/x.y.z',
    ])
      expect(await world([], text).bench.paste()).toMatchObject({ error: { code: 'clipboard_no_token' } })
    expect(await world([], ' ').bench.paste()).toMatchObject({ error: { code: 'clipboard_empty' } })
    expect(await world([], 'a'.repeat(pasteLimit + 1)).bench.paste()).toMatchObject({
      error: { code: 'clipboard_too_large' },
    })
  })
})
