import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Identity } from '../../../src/core/records/way.ts'
import { createIdentityThread } from '../../../src/node/crypto/identity/identity-thread.ts'
import { openIdentityWork, readIdentityWork } from '../../../src/node/crypto/identity/identity-work.ts'
import { keysInSafe } from '../../../src/node/crypto/identity/safe-bags.ts'
import { temporaryFolder } from '../sqlite/temporary-database.ts'
import { engines } from './proxy/engines.ts'

const at = (name: string) => new URL(`../../support/certificates/${name}`, import.meta.url).pathname

let folder: string
const inFolder = (name: string): string => join(folder, name)
const openssl = (...args: string[]): void =>
  void execFileSync('openssl', args, { stdio: 'ignore', cwd: folder })
/** A root, an authority below it, and a client below that. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-opened-'))
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  writeFileSync(inFolder('ca.ext'), 'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign\n')
  openssl('req', '-x509', ...ec, '-keyout', 'root.key', '-out', 'root.crt', '-subj', '/CN=root', '-days', '2')
  for (const [name, issuer, ...more] of [
    ['middle', 'root', '-extfile', 'ca.ext'],
    ['leaf', 'middle'],
  ] as const) {
    openssl('req', ...ec, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`)
    const by = ['-CA', `${issuer}.crt`, '-CAkey', `${issuer}.key`, '-CAcreateserial', '-days', '2']
    openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.crt`, ...by, ...more)
  }
  writeFileSync(
    inFolder('chain.crt'),
    readFileSync(inFolder('middle.crt'), 'utf8') + readFileSync(inFolder('root.crt'), 'utf8'),
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

const made = (passphrase: string, ...more: string[]): Buffer => {
  openssl('pkcs12', '-export', ...more, '-passout', `pass:${passphrase}`, '-out', 'made.p12')
  return readFileSync(inFolder('made.p12'))
}
const ofClient = ['-in', at('client.crt'), '-inkey', at('client.key')]
const ofLeaf = (): string[] => ['-in', 'leaf.crt', '-inkey', 'leaf.key', '-certfile', 'chain.crt']
const kept = (bytes: Buffer, passphrase: string): Identity => ({
  pkcs12: bytes.toString('base64'),
  passphrase,
})
const namesIn = (identity: Identity): string[] =>
  'pkcs12' in identity
    ? ['a file']
    : (identity.certificate.match(/-----BEGIN[^]*?-----END CERTIFICATE-----/g) ?? []).map(
        (each) => new X509Certificate(each).subject,
      )

describe('a PKCS#12 file', () => {
  it.each([
    ['of today', []],
    [
      'with triple DES and SHA-1',
      ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
    ],
    ['with many rounds', ['-iter', '600000']],
    ['with certificates in the open', ['-certpbe', 'NONE']],
    ['with its key in the open', ['-keypbe', 'NONE']],
    ['with another certificate', ['-certfile', at('server.crt')]],
  ])('%s is taken apart', async (_what, more) => {
    const bytes = made('pw', ...ofClient, ...more)
    const opened = await openIdentityWork(kept(bytes, 'pw'))
    expect(namesIn(opened)[0]).toBe('CN=gatehouse-test-client')
    expect('key' in opened && opened.key).toMatch(/^-----BEGIN PRIVATE KEY-----/)
    const read = await readIdentityWork({ bytes, passphrase: 'pw' })
    expect(read).toMatchObject({ ok: true, value: { identity: opened } })
  })
  it('without a passphrase, and with one beyond ASCII, is taken apart', async () => {
    for (const passphrase of ['', 'pąss wörd ✓'])
      expect(namesIn(await openIdentityWork(kept(made(passphrase, ...ofClient), passphrase)))).toEqual([
        'CN=gatehouse-test-client',
      ])
  })
  it('keeps its chain, and a server that trusts the root alone takes it', async () => {
    const opened = await openIdentityWork(kept(made('pw', ...ofLeaf()), 'pw'))
    expect(namesIn(opened)).toEqual(['CN=leaf', 'CN=middle', 'CN=root'])
    const server = createServer(
      {
        cert: readFileSync(at('server.crt')),
        key: readFileSync(at('server.key')),
        ca: readFileSync(inFolder('root.crt')),
        requestCert: true,
      },
      ({ socket }, response) => response.end((socket as TLSSocket).getPeerCertificate().subject.CN),
    )
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const { send } = engines({ identity: opened }, readFileSync(at('server.crt'), 'utf8'))
    const answer = await send(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    expect(answer.ok && new TextDecoder().decode(answer.value.body)).toBe('leaf')
  })
  it('that cannot be taken apart stays as it is', async () => {
    for (const identity of [
      kept(made('pw', ...ofClient), 'wrong'),
      kept(Buffer.from('PK zip'), ''),
      kept(made('pw', ...ofClient).subarray(0, 500), 'pw'),
    ])
      expect(await openIdentityWork(identity)).toBe(identity)
  })
  it('that is damaged anywhere has no key or a readable one, at once', () => {
    const bytes = made('pw', ...ofClient)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 20 }),
        fc.nat(bytes.length),
        (changes, length) => {
          const damaged = Buffer.from(bytes)
          for (const [place, byte] of changes) damaged[place] = byte
          for (const key of keysInSafe(damaged.subarray(0, length)))
            expect(key).toMatch(/^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----\n/)
        },
      ),
      { numRuns: 2_000 },
    )
    for (const byte of [0x30, 0xa0, 0x24]) {
      const nested = Buffer.alloc(200_000, Buffer.from([byte, 0x80]))
      const began = performance.now()
      expect(keysInSafe(nested)).toEqual([])
      expect(performance.now() - began).toBeLessThan(500)
    }
  })
})

describe('the thread', () => {
  const scriptOf = (words: string): string => {
    const script = join(temporaryFolder(), 'script.mjs')
    writeFileSync(script, `import { parentPort } from 'node:worker_threads'\n${words}`)
    return script
  }
  const identity: Identity = { pkcs12: 'AA==', passphrase: '' }

  it('says so where a file takes too long, and leaves a kept one as it is', async () => {
    const script = scriptOf(`parentPort.on('message', () => { for (;;); })`)
    const thread = createIdentityThread(script, { patience: 200, idle: 1_000 })
    expect(await thread.openIdentity(identity)).toBe(identity)
    expect(await thread.readIdentity({ bytes: new Uint8Array(), passphrase: '' })).toMatchObject({
      error: { code: 'certificate_unfit', next: expect.stringContaining('-iter 100000') },
    })
  })
  it('answers with what it found', async () => {
    const script = scriptOf(
      `parentPort.on('message', ({ number, opening }) =>
        parentPort.postMessage({ number, found: { certificate: opening.pkcs12, key: 'k' } }))`,
    )
    expect(await createIdentityThread(script).openIdentity(identity)).toEqual({
      certificate: 'AA==',
      key: 'k',
    })
  })
})
