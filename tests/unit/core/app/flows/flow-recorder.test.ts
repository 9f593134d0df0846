import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFlowRecorder, discoveryFacts } from '../../../../../src/core/app/flows/flow-recorder.ts'
import type { CurrentSession } from '../../../../../src/core/app/vault/session.ts'
import type { FlowRecord, FlowStore } from '../../../../../src/core/flow/flow.ts'
import type { Fetch } from '../../../../../src/core/oauth/wire/fetch.ts'
import { ok } from '../../../../../src/core/contract/result.ts'

/** At once: what is saved is in the store. */
const after = (_milliseconds: number, then: () => void) => {
  then()
  return () => undefined
}

const session = (() => ({ user: { id: 'u' } })) as unknown as CurrentSession
const metadata = { token_endpoint: 'https://id.example/token' }

const store = () => {
  const kept = new Map<string, FlowRecord>()
  const flows: FlowStore = {
    save: (record) => void kept.set(record.id, record),
    get: (_user, id) => kept.get(id),
    page: () => [],
    remove: () => kept.clear(),
  }
  return { kept, flows }
}

/** A fetch that redacts nothing: the worst adapter there can be. */
const leaking =
  (answer: (url: string) => string): Fetch =>
  async (url, options = {}) => {
    const body = answer(url)
    options.trace?.({
      method: options.method ?? 'GET',
      url,
      requestHeaders: Object.entries(options.headers ?? {}),
      requestBody: options.body?.toString(),
      status: 200,
      responseHeaders: [],
      responseBody: body,
      startedAt: 0,
      total: 1,
    })
    return new Response(body)
  }

const recorder = (fetch: Fetch, flows: FlowStore) => {
  let id = 0
  let now = 1_000
  return createFlowRecorder({
    session,
    clock: { now: () => (now += 10) },
    newId: () => `flow-${(id += 1)}`,
    fetch,
    flows,
    changed: () => undefined,
    after,
  })
}

const secret = fc
  .array(fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~+/='), { minLength: 14, maxLength: 60 })
  .map((letters) => letters.join(''))
  .filter((text) => !/^[.]|^[=]/.test(text))

describe('the flow recorder', () => {
  it('keeps no secret, wherever it was and however it was echoed, even where the adapter redacts nothing', async () => {
    const names = [
      'code',
      'codeVerifier',
      'clientSecret',
      'basic',
      'state',
      'access',
      'refresh',
      'id',
    ] as const
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(secret, { minLength: 8, maxLength: 8 }), async (values) => {
        const is = Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])) as Record<
          (typeof names)[number],
          string
        >
        const { kept, flows } = store()
        const answer = JSON.stringify({
          access_token: is.access,
          refresh_token: is.refresh,
          id_token: is.id,
          nested: { tokens: [{ refresh_token: is.refresh }] },
          error_description: `bad ${is.code} for ${is.basic}, ${encodeURIComponent(is.access)} ${is.codeVerifier}`,
        })
        const flow = recorder(
          leaking(() => answer),
          flows,
        )
        const facts = { title: 'Sign in', metadata }
        flow.signIn.opened(
          'u',
          's',
          facts,
          `https://id.example/auth?${new URLSearchParams({ state: is.state })}`,
          true,
        )
        const trace = flow.signIn.answered('u', 's', {
          way: 'loopback',
          url: `http://127.0.0.1/cb?${new URLSearchParams({ code: is.code, state: is.state })}`,
        })
        await trace.fetch('https://id.example/token', {
          method: 'POST',
          headers: {
            Authorization: `Basic ${Buffer.from(`client:${encodeURIComponent(is.basic)}`).toString('base64')}`,
          },
          body: new URLSearchParams({
            code: is.code,
            code_verifier: is.codeVerifier,
            client_secret: is.clientSecret,
          }),
        })
        trace.checks('ID token', [{ id: 'x', label: 'x', state: 'invalid', detail: `not ${is.access}` }])
        flow.signIn.ended('u', 's', {
          ok: false,
          error: { code: 'x', message: `no ${is.refresh}`, next: is.state },
        })
        const text = JSON.stringify([...kept.values()])
        for (const value of Object.values(is)) {
          expect(text).not.toContain(value)
          expect(text).not.toContain(encodeURIComponent(value))
          expect(text).not.toContain(Buffer.from(value).toString('base64'))
        }
        expect(kept.size).toBe(1)
      }),
      { numRuns: 150 },
    )
  })

  it('keeps flows apart that run at the same time', async () => {
    const { kept, flows } = store()
    const flow = recorder(
      leaking((url) => `{"at":"${url}"}`),
      flows,
    )
    await Promise.all(
      Array.from({ length: 20 }, (_each, index) =>
        flow.run('discovery', async (trace) => {
          trace.about({ title: `${index}` })
          await trace.fetch(`https://id.example/.well-known/${index}`)
          await trace.fetch(`https://id.example/.well-known/${index}/again`)
          return ok(null)
        }),
      ),
    )
    expect(kept.size).toBe(20)
    for (const record of kept.values()) {
      const urls = record.steps.map((step) => (step.kind === 'exchange' ? step.url : ''))
      expect(urls).toEqual([
        `https://id.example/.well-known/${record.title}`,
        `https://id.example/.well-known/${record.title}/again`,
      ])
    }
  })

  it('disturbs nothing where the store fails or nobody is there', async () => {
    const broken: FlowStore = {
      save: () => {
        throw new Error('disk full')
      },
      get: () => {
        throw new Error('damaged')
      },
      page: () => [],
      remove: () => undefined,
    }
    const flow = recorder(
      leaking(() => '{}'),
      broken,
    )
    const work = async (trace: { fetch: Fetch }) => ok((await trace.fetch('https://id.example/x')).status)
    expect(await flow.run('refresh', work)).toEqual(ok(200))
    flow.signIn.opened('u', 's', {}, 'https://id.example/auth', true)
    flow.signIn.ended('u', 's', 'cancelled')

    const { kept, flows } = store()
    const locked = createFlowRecorder({
      session: () => {
        throw new Error('locked')
      },
      clock: { now: () => 0 },
      newId: () => 'id',
      fetch: leaking(() => '{}'),
      flows,
      changed: () => undefined,
      after,
    })
    expect(await locked.run('discovery', work)).toEqual(ok(200))
    expect(kept.size).toBe(0)
  })

  it('ends a flow whose work throws, and throws on', async () => {
    const { kept, flows } = store()
    const flow = recorder(
      leaking(() => '{}'),
      flows,
    )
    const work = async (trace: { fetch: Fetch }) => {
      await trace.fetch('https://id.example/token')
      throw new Error('defect')
    }
    await expect(flow.run('refresh', work)).rejects.toThrow('defect')
    expect([...kept.values()][0]).toMatchObject({ outcome: 'failed', failure: { code: 'internal' } })
  })

  it('keeps nothing of a flow without a message, and nothing that was pasted by mistake', async () => {
    const { kept, flows } = store()
    const flow = recorder(
      leaking(() => '{}'),
      flows,
    )
    await flow.run('refresh', async () => ok(null))
    flow.stray('my password is hunter2', 'pasted', { code: 'callback_not_ours', message: '' })
    expect(kept.size).toBe(0)
  })

  it('adds only the first call of an account, without its token', async () => {
    const { kept, flows } = store()
    const flow = recorder(
      leaking(() => '{}'),
      flows,
    )
    await flow.run('refresh', async (trace) => {
      trace.about({ accountId: 'a' })
      await trace.fetch('https://id.example/token')
      return ok(null)
    })
    const call = {
      method: 'GET',
      url: 'https://api.example/orders?echo=the-access-token',
      sentHeaders: [['Authorization', 'Bearer the-access-token']] as [string, string][],
      at: 5,
      took: 11,
      status: 200,
      headers: [['Set-Cookie', 'sid=secret-cookie']] as [string, string][],
      accessToken: 'the-access-token',
    }
    flow.apiCall('b', call)
    flow.apiCall('a', call)
    flow.apiCall('a', call)
    const [record] = [...kept.values()]
    expect(record?.steps.map((step) => step.kind === 'exchange' && step.purpose)).toEqual(['other', 'api'])
    expect(record?.apiName).toBe('api.example')
    expect(JSON.stringify(record)).not.toMatch(/the-access-token|secret-cookie/)
  })
})

describe('what is looked at afterwards', () => {
  const found = {
    title: 'Looked at',
    checks: [{ id: 'x', label: 'X', state: 'valid' as const, detail: 'fine' }],
    connectionId: 'c',
  }
  const run = async (works: (() => Promise<typeof found | undefined>)[]) => {
    const { kept, flows } = store()
    const record = recorder(
      leaking(() => '{}'),
      flows,
    )
    for (const work of works)
      await record.run('refresh', async (flow) => {
        await flow.fetch('https://id.example/token')
        flow.afterwards(work)
        return ok(null)
      })
    return kept
  }
  const lastSteps = (kept: Map<string, FlowRecord>) => [...kept.values()].map(({ steps }) => steps.at(-1))

  it('becomes the last step of a flow that has ended, one after another', async () => {
    const kept = await run([async () => found, async () => undefined, async () => found])
    await expect
      .poll(() => lastSteps(kept).map((step) => step?.kind))
      .toEqual(['checks', 'exchange', 'checks'])
    expect(lastSteps(kept)[0]).toMatchObject({ ...found, kind: 'checks' })
  })

  it('loses nothing of the flow where the look fails', async () => {
    const kept = await run([() => Promise.reject(new Error('broken')), async () => found])
    await expect.poll(() => lastSteps(kept).map((step) => step?.kind)).toEqual(['exchange', 'checks'])
  })

  it('bounds how many wait', async () => {
    let go: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (go = resolve))
    let looked = 0
    const work = async () => {
      await gate
      looked += 1
      return found
    }
    const kept = await run(Array.from({ length: 40 }, () => work))
    go()
    await expect.poll(() => lastSteps(kept).filter((step) => step?.kind === 'checks').length).toBe(21)
    expect(looked).toBe(21)
  })
})

it.each([
  ['https://login.example:8443/tenant?x', 'login.example:8443'],
  ['login.example', 'login.example'],
  [' https://clerk:pass-4711@login.example/', 'login.example'],
  ['clerk:pass@4711@login.example', 'login.example'],
  ['https:\\\\clerk:pass-4711@login.example\\a', 'login.example'],
  ['https:///clerk:pass-4711@login.example', 'login.example'],
  ['https://login.example\\@other.example', 'login.example'],
  ['https://clerk:pass-4711@', 'provider'],
  ['', 'provider'],
])('a discovery of %j is called by its host alone', (issuer, host) => {
  expect(discoveryFacts(issuer)).toEqual({ title: `Discovery · ${host}`, providerName: host })
})
