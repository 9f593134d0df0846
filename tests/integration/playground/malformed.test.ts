import { Agent, request } from 'node:http'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as client from 'openid-client'
import { malformed, operationsOf, type Malformed } from './malformed.ts'
import { buildStandalone, free } from './standalone-program.ts'
import { discover, signIn } from './support.ts'
import type { Playground } from '../../../src/playground/index.ts'

/** How many requests; `GATEHOUSE_MALFORMED=100000` is the long run. */
const count = Number(process.env.GATEHOUSE_MALFORMED ?? 1000)
const atOnce = 20

const admin = 'an-admin-key-that-no-one-says'
const secret = 'a-secret-that-no-one-says'
const password = 'a-password-that-no-one-says'

let program: ReturnType<typeof buildStandalone>
let playground: Playground
let said: () => string
beforeAll(async () => {
  program = buildStandalone()
  const running = program.run(['--data', ':memory:', ...free], {
    GATEHOUSE_PLAYGROUND_ADMIN_KEY: admin,
    GATEHOUSE_PLAYGROUND_LOG_LEVEL: 'info',
    GATEHOUSE_PLAYGROUND_LIMITS_API_REQUESTS_PER_MINUTE: '1000000',
    GATEHOUSE_PLAYGROUND_USERS: JSON.stringify([{ username: 'ada', password, roles: ['admin'] }]),
    GATEHOUSE_PLAYGROUND_CLIENTS: JSON.stringify([
      {
        client_id: 'gatehouse-desktop',
        application_type: 'native',
        redirect_uris: ['app.gatehouse.desktop:/oauth/callback'],
      },
      { client_id: 'machine', client_secret: secret },
    ]),
    GATEHOUSE_PLAYGROUND_TOKENS_ACCESS_TOKEN_SECONDS: '86400',
    GATEHOUSE_PLAYGROUND_FEATURES_JAR: 'true',
    GATEHOUSE_PLAYGROUND_FEATURES_JARM: 'true',
    GATEHOUSE_PLAYGROUND_FEATURES_CIBA: 'admin',
    GATEHOUSE_PLAYGROUND_FEATURES_RAR: '[payment]',
    GATEHOUSE_PLAYGROUND_RESOURCES:
      '[{path: /reports, operations: [{method: GET, path: "/{id}", scopes: []}, {method: POST, path: "", scopes: []}]}]',
  })
  said = running.said
  playground = await running.ready()
}, 60_000)
afterAll(async () => {
  await program.stopAll()
  program.remove()
})

const agent = new Agent({ keepAlive: true, maxSockets: atOnce })

type Answer = { status: number; headers: Record<string, unknown>; text: string }

/** Sends what `fetch` would not. */
function send({ at, method, path, headers, body }: Malformed): Promise<Answer> {
  const { hostname, port } = new URL(at === 'api' ? playground.apiBase : playground.issuer)
  return new Promise((resolve, reject) => {
    const sent = request({ agent, hostname, port, method, path, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (piece: string) => (text += piece))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
      answer.on('error', reject)
    })
    sent.on('error', (error: NodeJS.ErrnoException) =>
      // A body that is too long is answered before it was sent as a whole.
      error.code === 'EPIPE' || error.code === 'ECONNRESET'
        ? resolve({ status: 413, headers: {}, text: '' })
        : reject(error),
    )
    sent.end(body)
  })
}

/** What no answer and no line of the log may hold: secrets, traces, paths of files, words of the database. */
const leaks = /no-one-says|scrypt\$|"d":"[\w-]{20}|\bat \S+ \(|node_modules|playground\.mjs|SQLITE|\.ts:\d+/

function judge({ status, headers, text }: Answer, { method, path, headers: sent, body }: Malformed): void {
  const asked = JSON.stringify([method, path, sent, String(body)]).slice(0, 1500)
  expect(status, asked).toBeGreaterThanOrEqual(200)
  expect(status, asked).toBeLessThan(500)
  expect(`${text}${JSON.stringify(headers)}`, asked).not.toMatch(leaks)
  expect(`${text} ${String(headers.location)}`, asked).not.toContain('server_error')
  expect(Object.keys(headers)).not.toContain('x-injected')
}

it(
  `answers ${count.toLocaleString('en')} malformed requests without an error of its own, and leaks nothing`,
  async () => {
    const { tokens } = await signIn(playground, { username: 'ada', password })
    const documents = await Promise.all(
      [`${playground.apiBase}/openapi.json`, `${playground.issuer}/admin/openapi.json`].map(async (url) =>
        (await fetch(url)).json(),
      ),
    )
    const operations = [...operationsOf('api', documents[0]), ...operationsOf('issuer', documents[1])]
    expect(operations.length).toBeGreaterThan(25)
    const keys = { api: tokens.access_token, admin }
    const statuses = new Map<number, number>()
    const made = malformed(operations, keys)
    await fc.assert(
      fc.asyncProperty(fc.array(made, { minLength: atOnce, maxLength: atOnce }), async (requests) => {
        const answers = await Promise.all(requests.map(async (one) => [one, await send(one)] as const))
        for (const [asked, answer] of answers) {
          judge(answer, asked)
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
        }
      }),
      { numRuns: Math.ceil(count / atOnce) },
    )
    // Each kind of refusal came, and some were let in: it did not all end at the door.
    for (const status of [200, 400, 401, 404]) expect(statuses.get(status) ?? 0).toBeGreaterThan(count / 200)
    expect(said()).not.toMatch(leaks)
    expect(said()).not.toContain(tokens.access_token)
    // It is as it was, once it is put back.
    const reset = { method: 'POST', headers: { authorization: `Bearer ${admin}` } }
    expect((await fetch(`${playground.issuer}/admin/reset`, reset)).status).toBe(204)
    expect((await fetch(`${playground.issuer}/readyz`)).status).toBe(200)
    const config = await discover(playground, 'machine', secret)
    expect(await client.clientCredentialsGrant(config, { scope: 'orders:read' })).toHaveProperty(
      'access_token',
    )
  },
  60_000 + count * 30,
)
