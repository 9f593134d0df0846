import { readFileSync } from 'node:fs'
import * as tls from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../../support/playground-browser.ts'
import { freePort } from '../../support/ports.ts'
import { hasApache, startApache } from './apache.ts'
import { hasTlsProxy, portsBehindNginx, settingsBehindNginx, startNginx } from './behind-nginx.ts'
import { hasPython, pythonLibraries, signInWithPython } from './libraries.ts'
import { buildStandalone } from './standalone-program.ts'

const secret = 'a-secret-of-your-own'
const redirect = 'https://shop.example/callback'
let program: ReturnType<typeof buildStandalone>
const stops: (() => Promise<void>)[] = []
beforeAll(() => {
  program = buildStandalone()
}, 60_000)
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
  await program.stopAll()
})
afterAll(() => program.remove())

// Node 24 has both; the types here are of an older one.
const { getCACertificates, setDefaultCACertificates } = tls as unknown as {
  getCACertificates: (kind: 'default') => string[]
  setDefaultCACertificates: (certificates: string[]) => void
}
const before = getCACertificates('default')

/** The playground in plain http, and nginx with TLS before it. */
async function startBehindNginx(redirects: string[]) {
  const ports = await portsBehindNginx()
  await program
    .run(['--data', ':memory:'], {
      ...settingsBehindNginx(ports),
      GATEHOUSE_PLAYGROUND_CLIENTS: JSON.stringify([
        { client_id: 'shop', client_secret: secret, redirect_uris: redirects },
      ]),
      GATEHOUSE_PLAYGROUND_ADMIN_KEY: 'an-admin-key-of-some-length',
    })
    .ready()
  const nginx = await startNginx(program.folder, ports)
  stops.push(nginx.stop)
  setDefaultCACertificates([...before, readFileSync(nginx.certificate, 'utf8')])
  stops.push(async () => setDefaultCACertificates(before))
  return { ...ports, certificate: nginx.certificate }
}

/** What the playground found wrong with the client. */
async function findings(issuer: string) {
  const answer = await fetch(`${issuer}/admin/verdicts/shop`, {
    headers: { authorization: 'Bearer an-admin-key-of-some-length' },
  })
  const { verdict, checks = [] } = (await answer.json()) as {
    verdict: string
    checks?: { check: string; status: string }[]
  }
  return { verdict, failed: checks.flatMap(({ check, status }) => (status === 'failed' ? [check] : [])) }
}

const who = { username: 'alice', password: 'alice-password' }

describe.skipIf(!hasTlsProxy)('behind nginx (nginx and openssl are needed)', () => {
  for (const [library, modules] of pythonLibraries)
    it.skipIf(!hasPython(modules))(`is signed in to by ${library} of Python`, async () => {
      const { issuer, api, certificate } = await startBehindNginx([redirect])
      const client = { issuer, api, clientId: 'shop', secret, redirect, certificate }
      expect(await signInWithPython(library, { ...client, ...who })).toEqual({ user: 'alice', status: 200 })
      expect(await findings(issuer)).toEqual({ verdict: 'passed', failed: [] })
    })

  it.skipIf(!hasApache)(
    'is signed in to by mod_auth_openidc of Apache (Debian: libapache2-mod-auth-openidc)',
    async () => {
      const port = await freePort()
      const site = `http://127.0.0.1:${port}`
      const { issuer, certificate } = await startBehindNginx([`${site}/secure/callback`])
      const apache = await startApache(program.folder, { port, issuer, secret, certificate })
      stops.push(apache.stop)
      const browser = createBrowser()
      const asked = await browser.open(`${site}/secure/`)
      expect(asked.url).toMatch(new RegExp(`^${issuer}/auth\\?`))
      const redirected = await browser.signIn(asked.url, who)
      const page = await browser.open(redirected)
      expect([page.status, page.text, page.headers.get('x-signed-in')]).toEqual([200, 'Orders', 'alice'])
      const { verdict, failed } = await findings(issuer)
      // It knows no resource indicators.
      expect([verdict, failed]).toEqual(['passed', ['resource-named']])
    },
  )
})
