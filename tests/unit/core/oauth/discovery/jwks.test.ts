import { describe, expect, it } from 'vitest'
import { createProviderKeys } from '../../../../../src/core/oauth/discovery/jwks.ts'
import { fakeFetch, issuer } from '../fake.ts'

const uri = `${issuer}/jwks`
const key = (kid: string, more = {}) => ({ kty: 'RSA', kid, n: 'AQ', e: 'AQAB', ...more })
type Reply = Parameters<typeof fakeFetch>[0][string]

const setUp = (reply: Reply) => {
  const fetch = fakeFetch({ [uri]: reply })
  let now = 1_000_000
  const keysOf = createProviderKeys({ fetch, now: () => now })
  const kids = async (options = {}) => {
    const result = await keysOf(uri, options)
    return result.ok ? result.value.keys.map(({ kid }) => kid) : result.error.code
  }
  return { fetch, keysOf, kids, pass: (milliseconds: number) => (now += milliseconds) }
}

describe('createProviderKeys', () => {
  it('asks once for many, and again after ten minutes', async () => {
    const { fetch, kids, pass } = setUp({ body: { keys: [key('1')] } })
    await Promise.all(Array.from({ length: 50 }, () => kids({ kid: '1' })))
    expect(fetch.sent).toHaveLength(1)
    pass(599_000)
    await kids({ kid: '1' })
    expect(fetch.sent).toHaveLength(1)
    pass(2_000)
    await kids({ kid: '1' })
    expect(fetch.sent).toHaveLength(2)
  })

  it('finds a rotated key at once, and is not flooded by forged kids', async () => {
    const { fetch, kids, pass } = setUp([{ body: { keys: [key('1')] } }, { body: { keys: [key('2')] } }])
    expect(await kids({ kid: '1' })).toEqual(['1'])
    expect(await kids({ kid: '2' })).toEqual(['2'])
    for (let index = 0; index < 50; index += 1) await kids({ kid: `forged-${index}` })
    expect(fetch.sent).toHaveLength(4)
    pass(15_000)
    await kids({ kid: 'forged' })
    expect(fetch.sent).toHaveLength(5)
  })

  it('asks again for a key that is doubted, within the same limit, and says that it asked', async () => {
    const { fetch, keysOf, pass } = setUp([
      { body: { keys: [key('1')] } },
      { body: { keys: [key('1', { n: 'Ag' })] } },
    ])
    expect(await keysOf(uri, { kid: '1' })).toMatchObject({ value: { asked: true } })
    expect(await keysOf(uri, { kid: '1' })).not.toHaveProperty('value.asked')
    expect(await keysOf(uri, { doubted: true })).toMatchObject({
      value: { asked: true, keys: [{ n: 'Ag' }] },
    })
    for (let index = 0; index < 50; index += 1) await keysOf(uri, { doubted: true })
    expect(fetch.sent).toHaveLength(4)
    expect(await keysOf(uri, { doubted: true })).not.toHaveProperty('value.asked')
    pass(15_000)
    await keysOf(uri, { doubted: true })
    expect(fetch.sent).toHaveLength(5)
  })

  it('serves older keys while the provider fails, and says so; not longer than a day', async () => {
    const { keysOf, kids, pass } = setUp([{ body: { keys: [key('1')] } }, { status: 503, body: '' }])
    await kids()
    pass(601_000)
    expect(await keysOf(uri)).toMatchObject({ ok: true, value: { stale: { code: 'keys_status' } } })
    pass(25 * 3_600_000)
    expect(await kids()).toBe('keys_status')
  })

  it('strips private members, leaves symmetric keys out, and says both', async () => {
    const { keysOf } = setUp({
      body: { keys: [key('1', { d: 'x', p: 'y' }), { kty: 'oct', k: 'z' }, 7, null] },
    })
    const result = await keysOf(uri)
    if (!result.ok) throw new Error(result.error.message)
    expect(result.value.keys).toEqual([key('1')])
    expect(result.value.notes).toHaveLength(2)
  })

  it.each<[string, Reply, string]>([
    ['HTML', { body: '<html>' }, 'keys_not_json'],
    ['no keys', { body: {} }, 'keys_not_json'],
    ['null', { body: 'null' }, 'keys_not_json'],
    ['404', { status: 404, body: '' }, 'keys_status'],
    ['network', { network: 'network_refused' }, 'keys_unreachable'],
  ])('says what is wrong: %s', async (_name, reply, code) => expect(await setUp(reply).kids()).toBe(code))

  it('asks no unsafe address', async () => {
    const { keysOf, fetch } = setUp({ body: {} })
    expect(await keysOf('file:///etc/passwd')).toMatchObject({
      ok: false,
      error: { code: 'endpoint_scheme' },
    })
    expect(fetch.sent).toEqual([])
  })
})
