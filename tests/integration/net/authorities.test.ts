import { readFileSync, mkdtempSync, rmSync, statSync, writeFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { networkFailureOf } from '../../../src/core/oauth/wire/fetch.ts'
import { certificatesIn, createAuthorities } from '../../../src/node/net/authorities.ts'
import { createOauthFetch } from '../../../src/node/net/fetch.ts'
import { createRequestEngine } from '../../../src/node/net/send.ts'
import { serveTls } from './server.ts'

const pem = readFileSync(new URL('../../support/certificates/server.crt', import.meta.url))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-authorities-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

/** A server whose certificate a private authority issued, and both ways to reach it. */
async function world() {
  const { url } = await serveTls((_request, response) => response.end('ok'))
  const authorities = createAuthorities(join(folder, 'authorities.json'))
  const { trusted } = authorities
  const engine = createRequestEngine({ trusted })
  const fetch = createOauthFetch({ now: () => performance.now(), trusted })
  authorities.onChange(() => {
    engine.renew()
    fetch.renew()
  })
  onTestFinished(async () => {
    await Promise.all([engine.close(), fetch.close()])
  })
  async function reach(): Promise<string[]> {
    const sent = await engine.send({ method: 'GET', url, headers: [] })
    const fetched = await fetch(url).then(
      ({ status }) => String(status),
      (thrown: unknown) => networkFailureOf(thrown)?.code ?? 'a defect',
    )
    return [sent.ok ? String(sent.value.status) : sent.error.code, fetched]
  }
  return { authorities, reach, url, engine }
}

describe('a private authority', () => {
  it('is trusted from the moment it is chosen to the moment it is removed, and by the next start', async () => {
    const { authorities, reach } = await world()
    expect(await reach()).toEqual(['network_tls', 'network_tls'])
    expect(await authorities.keepOwn('company.pem', pem)).toMatchObject({
      value: { own: { name: 'company.pem', subjects: ['CN=127.0.0.1'] } },
    })
    expect(await reach()).toEqual(['200', '200'])
    expect(statSync(join(folder, 'authorities.json')).mode & 0o777).toBe(0o600)
    const again = await world()
    expect(await again.reach()).toEqual(['200', '200'])

    await authorities.removeOwn()
    expect(await reach()).toEqual(['network_tls', 'network_tls'])
    // Removed by mistake.
    expect(await authorities.bringBack()).toMatchObject({ value: { own: { name: 'company.pem' } } })
    expect(await reach()).toEqual(['200', '200'])
    await authorities.keepOwn('other.pem', pem)
    expect(await authorities.bringBack()).toMatchObject({ value: { own: { name: 'company.pem' } } })
    await authorities.removeOwn()
    expect(await reach()).toEqual(['network_tls', 'network_tls'])
    expect(existsSync(join(folder, 'authorities.json'))).toBe(false)
  })

  it('is what the refusal of its server advises', async () => {
    const { engine, url } = await world()
    const sent = await engine.send({ method: 'GET', url, headers: [] })
    expect(sent).toMatchObject({
      error: { next: expect.stringContaining('Settings › Certificate authorities') },
    })
  })

  it('comes beside those of the runtime, and none of them twice', async () => {
    const { authorities } = await world()
    expect(await authorities.trusted()).toBeUndefined()
    await authorities.keepOwn('twice.pem', Buffer.concat([pem, Buffer.from('\n'), pem]))
    const all = (await authorities.trusted()) ?? []
    expect(all.length).toBeGreaterThan(100)
    expect(new Set(all).size).toBe(all.length)
  })

  it('is not needed where the environment asks for no check at all: that is not heard', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    const { reach } = await world()
    expect(await reach()).toEqual(['network_tls', 'network_tls'])
  })

  it.each(['{', '[]', '{"own":{"certificates":["x"]}}', '{"system":"yes"}', 'x'.repeat(3_000_000)])(
    'is none where the kept file is damaged: %.30s',
    async (text) => {
      writeFileSync(join(folder, 'authorities.json'), text)
      const authorities = createAuthorities(join(folder, 'authorities.json'))
      expect(await authorities.trusted()).toBeUndefined()
    },
  )
})

describe('the system’s store', () => {
  it('is used where this runtime can read it, and not offered where it cannot', async () => {
    const { authorities } = await world()
    const readable = 'getCACertificates' in (await import('node:tls'))
    expect((await authorities.view()).system).toEqual(readable ? { used: false } : undefined)
    expect(await authorities.useSystem(true)).toMatchObject({
      ok: true,
      value: readable ? { system: { used: true } } : {},
    })
  })
})

describe('a PEM text', () => {
  const text = pem.toString()
  it.each([
    ['nothing', '', 'authority_none'],
    ['a key', text.replaceAll('CERTIFICATE', 'PRIVATE KEY'), 'authority_none'],
    ['half a certificate', text.slice(0, 300), 'authority_none'],
    ['a damaged one', text.replace(/\n[A-Za-z0-9+/]{20}/, '\n####'), 'authority_unreadable'],
  ])('of %s is refused', (_name, given, code) =>
    expect(certificatesIn(given)).toMatchObject({ ok: false, error: { code } }),
  )
  it('may hold other things beside its certificates', () => {
    expect(certificatesIn(`subject=x\n${text}\n# more\n${text}`)).toMatchObject({
      ok: true,
      value: { length: 2 },
    })
  })
  it('is read in a moment whatever its shape', () => {
    const began = performance.now()
    certificatesIn('-----BEGIN CERTIFICATE-----'.repeat(40_000))
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})
