import { get } from 'node:http'
import { generateKeyPairSync } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RingKeyView } from '../../../src/core/contract/tokens/keys.ts'
import { ringKeyTypeNames } from '../../../src/core/contract/tables/ring-key-types.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await openWorkbench()
})
afterEach(() => bench.close())

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
async function keys(): Promise<Extract<RingKeyView, { readable: true }>[]> {
  const ring = value(await bench.app.keyRing.list())
  return ring.keys.map((key) => {
    if (!key.readable) throw new Error(JSON.stringify(key.why))
    return key
  })
}
function fetched(address: string, host?: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    get(address, { headers: host === undefined ? {} : { host } }, (response) => {
      let body = ''
      response.on('data', (piece: Buffer) => (body += piece.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    }).on('error', reject)
  })
}

it.each(ringKeyTypeNames)('makes %s, signs or encrypts with it, and reads that back', async (type) => {
  const { id } = value(await bench.app.keyRing.make({ name: 'mine', type }))
  const [key] = await keys()
  expect(key).toMatchObject({ id, name: 'mine', kid: key?.thumbprint })
  const draft = { header: '{}', payload: '{"user_id":42}' }
  const made = value(
    await bench.app.tokenBench.make(
      key?.canSign
        ? { ...draft, key: { ring: id } }
        : { ...draft, encrypt: { key: { ring: id }, enc: 'A256GCM' } },
    ),
  )
  const { token, keyTrouble } = value(
    await bench.app.tokenBench.inspect({ text: made.text, key: { ring: id } }),
  )
  expect(keyTrouble).toBeUndefined()
  const state = token.checks.find((check) => check.id === (key?.canSign ? 'signature' : 'encryption'))?.state
  expect(state).toBe('valid')
})

it('survives a restart, sealed', async () => {
  const { id } = value(await bench.app.keyRing.make({ name: 'mine', type: 'secret-32' }))
  value(await bench.app.keyRing.copy({ id, form: 'private-jwk' }))
  const { k } = JSON.parse(bench.clipboard) as { k: string }
  await bench.restart()
  expect((await keys()).map(({ name }) => name)).toEqual(['mine'])
  expect(await scanForSecrets(bench.folder, { secret: k })).toEqual([])
})

it('comes back from the bin', async () => {
  const { id } = value(await bench.app.keyRing.make({ name: 'mine', type: 'p-256' }))
  value(bench.app.keyRing.rename({ id, name: '  renamed  ' }))
  value(bench.app.keyRing.remove({ id }))
  expect(await keys()).toEqual([])
  expect(bench.app.keyRing.remove({ id })).toMatchObject({ error: { code: 'key_unknown' } })
  const [entry] = value(bench.app.bin.list())
  expect(entry).toMatchObject({ kind: 'key', name: 'renamed' })
  value(bench.app.bin.restore({ id: entry?.id ?? '' }))
  expect((await keys()).map(({ name }) => name)).toEqual(['renamed'])
})

describe('importing', () => {
  it('takes all of a set, PEM and a secret', async () => {
    const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const jwk = (kid: string) => ({ ...pair().privateKey.export({ format: 'jwk' }), kid })
    // All of them arrive in the same few milliseconds, and are listed in the order of the set.
    const kids = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']
    const set = JSON.stringify({ keys: kids.map(jwk) })
    expect(value(bench.app.keyRing.import({ name: '', key: { text: set } }))).toEqual({ count: kids.length })
    const pem = pair().publicKey.export({ type: 'spki', format: 'pem' }).toString()
    value(bench.app.keyRing.import({ name: 'theirs', key: { text: pem } }))
    value(bench.app.keyRing.import({ name: 'shared', key: { text: 'a secret' } }))
    expect((await keys()).map(({ name, canSign }) => [name, canSign])).toEqual([
      ...kids.map((kid) => [kid, true]),
      ['theirs', false],
      ['shared', true],
    ])
    expect(bench.app.keyRing.import({ name: '', key: { text: '{"a":1}' } })).toMatchObject({
      error: { code: 'key_unreadable' },
    })
  })
})

describe('copying', () => {
  it('gives each form, and secret halves only as such', async () => {
    const { id } = value(await bench.app.keyRing.make({ name: 'mine', type: 'p-256' }))
    const copied: Record<string, string> = {}
    const [key] = await keys()
    for (const form of key?.forms ?? []) {
      const { clearAfterSeconds } = value(await bench.app.keyRing.copy({ id, form }))
      expect(clearAfterSeconds !== undefined).toBe(form.startsWith('private'))
      copied[form] = bench.copied.at(-1) ?? ''
    }
    const open = JSON.parse(copied['public-jwk'] ?? '') as Record<string, string>
    expect(Object.keys(open).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'x', 'y'])
    expect(JSON.parse(copied['public-jwks'] ?? '')).toEqual({ keys: [open] })
    expect(JSON.parse(copied['private-jwk'] ?? '')).toMatchObject({ x: open['x'] })
    expect(copied['public-pem']).toMatch(/^-----BEGIN PUBLIC KEY-----/)
    expect(copied['private-pem']).toMatch(/^-----BEGIN PRIVATE KEY-----/)
    expect(copied['thumbprint']).toBe(key?.thumbprint)
    expect(copied['thumbprint-uri']).toBe(`urn:ietf:params:oauth:jwk-thumbprint:sha-256:${key?.thumbprint}`)
  })
})

describe('serving', () => {
  it('gives public halves at an address of this computer, until it is stopped', async () => {
    value(await bench.app.keyRing.make({ name: 'signing', type: 'ed25519' }))
    value(await bench.app.keyRing.make({ name: 'shared', type: 'secret-32' }))
    const { address } = value(await bench.app.keyRing.serve({ on: true }))
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/jwks\.json$/)
    expect(value(await bench.app.keyRing.list()).servedAt).toBe(address)
    const answer = await fetched(address ?? '')
    expect(answer.status).toBe(200)
    const [signing] = await keys()
    expect(JSON.parse(answer.body)).toEqual({
      keys: [{ kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: signing?.kid, alg: 'Ed25519' }],
    })
    expect((await fetched(address ?? '', 'evil.example')).status).toBe(421)
    expect((await fetched((address ?? '').replace('jwks.json', 'other'))).status).toBe(404)
    value(await bench.app.keyRing.serve({ on: false }))
    await expect(fetched(address ?? '')).rejects.toThrow()
    expect(value(await bench.app.keyRing.list()).servedAt).toBeUndefined()
  })
})
