import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { hasTlsProxy, portsBehindNginx, settingsBehindNginx, startNginx } from './behind-nginx.ts'
import { hasPython } from './libraries.ts'
import { buildStandalone, free } from './standalone-program.ts'

const page = readFileSync('docs/playground.md', 'utf8')
const execute = promisify(execFile)

/** The fenced pieces of a language on the page. */
function snippets(language: string): string[] {
  return [...page.matchAll(new RegExp('^```' + language + '\\n(.*?)^```$', 'gms'))].map(
    ([, text = '']) => text,
  )
}

let program: ReturnType<typeof buildStandalone>
const others: ChildProcess[] = []
beforeAll(() => {
  program = buildStandalone()
}, 60_000)
afterEach(async () => {
  for (const child of others.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill()
    await once(child, 'exit')
  }
  await program.stopAll()
})
afterAll(() => program.remove())

const clients =
  '[{client_id: ci, client_secret: a-secret-of-your-own}, {client_id: web, client_secret: another-of-your-own}]'

async function start(options: string[], environment: Record<string, string> = {}) {
  const { issuer, apiBase } = await program
    .run(['--data', ':memory:', ...free, ...options], environment)
    .ready()
  const here = (text: string): string =>
    text.replaceAll('http://localhost:47113', issuer).replaceAll('http://localhost:47114', apiBase)
  return { issuer, apiBase, here }
}

describe('the page', () => {
  it('gets a token and calls the API with curl', async () => {
    const { issuer, here } = await start([], {
      GATEHOUSE_PLAYGROUND_CLIENTS: clients,
      GATEHOUSE_PLAYGROUND_ADMIN_KEY: 'k'.repeat(32),
    })
    // A client is graded once it has done something.
    const web = { authorization: `Basic ${btoa('web:another-of-your-own')}` }
    await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: web,
      body: new URLSearchParams({ grant_type: 'x' }),
    })
    const calls = snippets('sh').flatMap((text) =>
      text.includes('curl') && !text.includes('shop:') ? [text] : [],
    )
    expect(calls).toHaveLength(3)
    for (const text of calls) {
      const lines = here(text.slice(text.indexOf(text.includes('TOKEN=') ? 'TOKEN=' : 'curl')))
      const script = `set -e -o pipefail\n${lines.replaceAll('curl ', 'curl -sS --fail-with-body ')}`
      const { stdout } = await execute('bash', ['-c', script], {
        env: { ...process.env, KEY: 'k'.repeat(32) },
      })
      expect(stdout).toMatch(/"access_token"|"orders"|<testsuite/)
    }
  })

  it('gets a token and calls the API with openid-client', async () => {
    const { here } = await start([], { GATEHOUSE_PLAYGROUND_CLIENTS: clients })
    const [text = ''] = snippets('js')
    // In this folder, where its import is found.
    const { stdout } = await execute(process.execPath, ['--input-type=module', '--eval', here(text)])
    expect(stdout).toMatch(/^200 \{"orders":/)
  })

  it.skipIf(!hasPython('authlib, requests'))('gets a token and calls the API with Authlib', async () => {
    const { here } = await start([], { GATEHOUSE_PLAYGROUND_CLIENTS: clients })
    const [text = ''] = snippets('python')
    const { stdout } = await execute('/usr/bin/python3', ['-c', here(text)])
    expect(stdout).toMatch(/^200 \{"orders":/)
  })

  it('starts in a pipeline with what its job sets', async () => {
    const text = snippets('yaml').find((each) => each.includes('services:')) ?? ''
    const { services } = parse(text) as {
      services: { playground: { ports: string[]; env: Record<string, string> } }
    }
    const { ports, env } = services.playground
    expect(ports).toEqual(['47113:47113', '47114:47114'])
    const { issuer } = await start([], { ...env, GATEHOUSE_PLAYGROUND_LISTEN_HOST: '0.0.0.0' })
    const answer = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('ci:a-secret-of-your-own')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'orders:read' }),
    })
    expect(answer.status).toBe(200)
  })

  it('shows a configuration that is sound', async () => {
    const text = snippets('yaml').find((each) => each.startsWith('issuer:')) ?? ''
    const secrets = join(program.folder, 'secrets')
    mkdirSync(secrets, { recursive: true })
    for (const name of ['ada', 'web', 'admin'])
      writeFileSync(join(secrets, name), `${name}-${'x'.repeat(30)}`)
    writeFileSync(join(program.folder, 'page.yaml'), text.replaceAll('/run/secrets', secrets))
    const { child, said } = program.run(['--check', 'page.yaml'])
    expect([(await once(child, 'exit'))[0], said()]).toEqual([0, 'The configuration is valid.\n'])
  })
})

describe('the example of a second service', () => {
  const folder = resolve('docs/examples/compose')

  it('is composed of what is there', () => {
    const { services } = parse(readFileSync(join(folder, 'compose.yaml'), 'utf8')) as {
      services: Record<string, { environment: Record<string, string> }>
    }
    const resource = parse(readFileSync(join(folder, 'playground.yaml'), 'utf8')) as {
      issuer: string
      resources: { identifier: string }[]
    }
    expect(services['stock']?.environment).toMatchObject({
      ISSUER: resource.issuer,
      AUDIENCE: resource.resources[0]?.identifier,
    })
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      devDependencies: Record<string, string>
    }
    const stock = JSON.parse(readFileSync(join(folder, 'stock/package.json'), 'utf8')) as {
      dependencies: object
    }
    expect(stock.dependencies).toEqual({ jose: devDependencies['jose'] })
  })

  it('takes the tokens that are for it, and no other', async () => {
    const text = readFileSync(join(folder, 'playground.yaml'), 'utf8')
    writeFileSync(join(program.folder, 'stock.yaml'), text.replace(/^(?:issuer|api): .*\n/gm, ''))
    const { issuer, here } = await start(['--config', 'stock.yaml'])
    const service = spawn(process.execPath, [join(folder, 'stock/service.mjs')], {
      env: {
        ...process.env,
        ISSUER: issuer,
        JWKS: `${issuer}/jwks.json`,
        AUDIENCE: 'http://localhost:8080',
        PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    others.push(service)
    const [line] = (await once(createInterface({ input: service.stdout }), 'line')) as [string]
    const url = `http://127.0.0.1:${(JSON.parse(line) as { ready: number }).ready}/`
    const [asked = ''] = snippets('sh').filter((each) => each.includes('shop:'))
    async function tokenFor(command: string): Promise<string> {
      const { stdout } = await execute('bash', [
        '-c',
        here(command).replace('curl ', 'curl -sS --fail-with-body '),
      ])
      return (JSON.parse(stdout) as { access_token: string }).access_token
    }
    const token = await tokenFor(asked)
    const other = await tokenFor(asked.replace(/-d resource=\S+/, '').replace('stock:read', 'orders:read'))
    const call = (authorization?: string) =>
      fetch(url, authorization === undefined ? {} : { headers: { authorization } })
    const sound = await call(`Bearer ${token}`)
    expect([sound.status, await sound.json()]).toEqual([200, { apples: 12, for: 'shop' }])
    expect((await call()).headers.get('www-authenticate')).toBe('Bearer')
    expect((await call(`Bearer ${other}`)).headers.get('www-authenticate')).toBe(
      'Bearer error="invalid_token"',
    )
    expect((await call(`Bearer ${token.slice(0, -4)}AAAA`)).status).toBe(401)
  })
})

describe.skipIf(!hasTlsProxy)('behind nginx (nginx and openssl are needed)', () => {
  it('is signed in to over TLS by a client that sees the proxy alone', async () => {
    const ports = await portsBehindNginx()
    await program
      .run(['--data', ':memory:'], { GATEHOUSE_PLAYGROUND_CLIENTS: clients, ...settingsBehindNginx(ports) })
      .ready()
    const nginx = await startNginx(program.folder, ports)
    try {
      const [text = ''] = snippets('js')
      const script = text
        .replaceAll('http://localhost:47113', ports.issuer)
        .replaceAll('http://localhost:47114', ports.api)
      const { stdout } = await execute(process.execPath, ['--input-type=module', '--eval', script], {
        env: { ...process.env, NODE_EXTRA_CA_CERTS: nginx.certificate },
      })
      expect(stdout).toMatch(/^200 \{"orders":/)
    } finally {
      await nginx.stop()
    }
  })
})
