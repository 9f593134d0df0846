import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { metadataOf, type OddAnswer } from '../../support/odd-provider.ts'
import { openOddBench, value, type OddBench } from '../../support/odd-workbench.ts'

let odd: OddBench
beforeEach(async () => {
  odd = await openOddBench()
})
afterEach(() => odd.close())

const form = { 'content-type': 'application/x-www-form-urlencoded' }

describe('a dead refresh token, said in other words', () => {
  const body = {
    error: 'bad_refresh_token',
    error_description: 'The refresh token passed is incorrect or expired.',
  }
  it.each<[string, OddAnswer]>([
    ['with 200', { body }],
    ['with 400', { status: 400, body }],
    ['form-encoded with 200', { headers: form, body: new URLSearchParams(body).toString() }],
    [
      'as invalid_request',
      { status: 400, body: { error: 'invalid_request', error_description: 'Refresh token expired' } },
    ],
  ])('%s: marked, and not sent again until a sign-in', async (_how, answer) => {
    const { accountId } = value(await odd.signIn(await odd.connect()))
    odd.odd.answers['/token'] = () => answer
    expect(await odd.bench.app.accounts.refresh(accountId)).toMatchObject({
      error: { code: 'token_refresh_dead', next: expect.stringMatching(/Sign in again/) as string },
    })
    const { trouble, hasRefreshToken } = await odd.account(accountId)
    expect(trouble).toMatchObject({ code: 'token_refresh_dead' })
    expect(hasRefreshToken).toBe(true)
    const asked = odd.odd.at('/token').length
    odd.bench.clock.forward(7_200_000)
    await odd.bench.app.accountActions.userinfo(accountId)
    expect(odd.odd.at('/token')).toHaveLength(asked)
  })

  it.each([
    { error: 'invalid_client', error_description: 'client of this refresh token is invalid' },
    { error: 'invalid_request', error_description: 'refresh_token is missing' },
    { error: 'server_error', error_description: 'expired refresh token cache' },
  ])('is not read into $error', async (body) => {
    const { accountId } = value(await odd.signIn(await odd.connect()))
    odd.odd.answers['/token'] = () => ({ status: 400, body })
    await odd.bench.app.accounts.refresh(accountId)
    expect((await odd.account(accountId)).trouble).toBeUndefined()
  })
})

describe('a provider’s own words', () => {
  it.each<[OddAnswer, string]>([
    [
      { status: 400, body: { error: { message: 'Invalid verification code format.', code: 190 } } },
      'Invalid verification code format.',
    ],
    [{ status: 400, body: { message: 'code is stale' } }, 'code is stale'],
    [{ status: 422, body: { Message: 'code is stale' } }, 'code is stale'],
    [{ status: 400, body: { errors: [{ detail: 'one' }, 'two'] } }, 'one; two'],
    [{ status: 400, body: 'Code not known here' }, 'Code not known here'],
    [{ status: 400, body: '<html><title>Bad code</title>' }, 'Bad code'],
    [{ status: 500, body: { message: 'out of order' } }, 'out of order'],
  ])('are shown whatever their shape: %j', async (answer, words) => {
    odd.odd.answers['/token'] = () => answer
    const refused = await odd.signIn(await odd.connect())
    expect(refused.ok ? '' : refused.error.message).toContain(`“${words}”`)
  })

  it('never carry a token out', async () => {
    const token = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.AAAAAAAA'
    odd.odd.answers['/token'] = () => ({ status: 400, body: { message: `bad ${token}` } })
    expect(JSON.stringify(await odd.signIn(await odd.connect()))).not.toContain(token)
  })
})

/** What the newest flow says of an ordinary client. */
const stockSays = async () => {
  const checks = () => {
    const [newest] = value(odd.bench.app.flows.list({ limit: 1 }))
    const { messages } = value(odd.bench.app.flows.get(newest?.id ?? ''))
    return messages.find(({ title }) => title === 'As a stock client sees it')?.checks
  }
  await expect.poll(checks).toBeDefined()
  return checks() ?? []
}

describe('device answers of older servers', () => {
  const start = async (answer: Record<string, unknown>) => {
    const { issuer } = odd.odd
    odd.odd.answers['/.well-known/openid-configuration'] = () => ({
      body: { ...metadataOf(issuer), device_authorization_endpoint: `${issuer}/code` },
    })
    odd.odd.answers['/code'] = () => ({ body: answer })
    const connectionId = await odd.connect({ settings: { grant: 'device_code' } })
    return odd.bench.app.signIn.start({ connectionId })
  }
  const older = () => ({
    device_code: 'd1',
    user_code: 'ABCD-EFGH',
    verification_url: `${odd.odd.issuer}/device`,
    expires_in: '1800',
    interval: '1',
  })

  it('are shown, polled at their pace, and remarked on', async () => {
    const { device } = value(await start(older()))
    expect(device).toMatchObject({ userCode: 'ABCD-EFGH', verificationUri: `${odd.odd.issuer}/device` })
    expect(device?.notes).toEqual([
      expect.stringMatching(/verification_url/),
      expect.stringMatching(/expires_in was text/),
      expect.stringMatching(/interval was text/),
    ])
    const granted = odd.odd.answers['/token']
    odd.odd.answers['/token'] = () => ({ status: 400, body: { error: 'authorization_pending' } })
    const poll = async () => {
      const asked = odd.odd.at('/token').length
      odd.bench.timers.findLast(({ milliseconds }) => milliseconds === 1_000)?.then()
      await expect.poll(() => odd.odd.at('/token').length).toBe(asked + 1)
    }
    const timers = odd.bench.timers.length
    await poll()
    await expect.poll(() => odd.bench.timers.length).toBe(timers + 1)
    if (granted) odd.odd.answers['/token'] = granted
    await poll()
    await expect.poll(() => odd.bench.ended.length).toBe(1)
    const { lineage } = await odd.account(odd.bench.ended[0]?.accountId ?? '')
    expect(lineage[0]?.changes.join()).toMatch(/verification_url/)
    // An ordinary client takes none of it.
    const stock = await stockSays()
    expect(stock.map(({ state }) => state)).toEqual(['notice', 'notice'])
    expect(stock[0]?.detail).toMatch(/“.*(verification_uri|expires_in)/)
  })

  it('are taken by an ordinary client where they are sound', async () => {
    const { verification_url, ...rest } = older()
    const sound = { ...rest, verification_uri: verification_url, expires_in: 1800, interval: 1 }
    value(await start(sound))
    odd.bench.timers.findLast(({ milliseconds }) => milliseconds === 1_000)?.then()
    await expect.poll(() => odd.bench.ended.length).toBe(1)
    expect((await stockSays()).map(({ state }) => state)).toEqual(['valid', 'valid'])
  })

  it('client credentials are looked at in the same way', async () => {
    const settings = { grant: 'client_credentials' } as const
    const secret = { clientAuthentication: 'client_secret_post', clientSecret: 'secret-0123456789' } as const
    const connectionId = await odd.connect({ settings, ...secret })
    const run = async () =>
      odd.bench.app.directGrants.run({ connectionId, input: { grant: 'client_credentials' } })
    value(await run())
    expect((await stockSays()).map(({ state }) => state)).toEqual(['valid', 'valid'])
    odd.odd.answers['/token'] = () => ({ body: { access_token: 't', token_type: 'Bearer', scope: ['a'] } })
    value(await run())
    expect((await stockSays())[0]?.detail).toContain('"scope"')
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['an empty complete address', { verification_uri_complete: '' }, 'ABCD-EFGH'],
    ['a code that is a number', { user_code: 12345678 }, '12345678'],
    ['an interval that is null', { interval: null }, 'ABCD-EFGH'],
  ])('with %s', async (_what, change, userCode) => {
    const { device } = value(await start({ ...older(), ...change }))
    expect(device).toMatchObject({ userCode })
    expect(device?.notes).toHaveLength(3 + Number(!('interval' in change)))
  })

  it('without a usable address are refused in words of our own', async () => {
    const { verification_url: _gone, ...rest } = older()
    const refused = await start(rest)
    expect(refused).toMatchObject({ error: { code: 'device_answer' } })
    expect(JSON.stringify(refused)).not.toMatch(/property must be/)
  })
})

describe('userinfo in another dress', () => {
  const ask = async (answer: () => OddAnswer | Promise<OddAnswer>) => {
    odd.odd.answers['/userinfo'] = answer
    odd.odd.answers['/token'] = async () => ({
      body: { access_token: 'a', token_type: 'Bearer', id_token: await odd.odd.idToken() },
    })
    const { accountId } = value(await odd.signIn(await odd.connect({ scope: 'openid' })))
    return odd.bench.app.accountActions.userinfo(accountId)
  }

  it.each(['application/json', 'text/plain'])('a signed JWT that calls itself %s', async (type) => {
    const { findings, notes } = value(
      await ask(async () => ({ headers: { 'content-type': type }, body: await odd.odd.idToken() })),
    )
    expect(findings[0]?.says).toMatch(/the response is a signed JWT/)
    expect(notes.join()).toContain(`calls itself ${type}`)
    expect(notes.join()).toMatch(/Signature: RS256/)
  })

  it('a signed JWT whose key is nowhere: nothing vouches for it over plain http', async () => {
    const { findings } = value(
      await ask(async () => {
        odd.odd.answers['/jwks'] = () => ({ status: 503 })
        return {
          headers: { 'content-type': 'application/jwt' },
          body: await odd.odd.idToken({}, { kid: 'elsewhere' }),
        }
      }),
    )
    expect(findings[0]?.tone).toBe('warn')
    expect(findings[0]?.says).toMatch(/signature could not be checked, and came over plain http/)
  })

  it('JSON without any content type', async () => {
    const { notes } = value(await ask(() => ({ body: '{"sub":"alice"}' })))
    expect(notes.join()).toContain('came without a content type')
  })

  it.each([
    [{ name: 'Alice' }, /sub is missing/],
    [{ sub: 7 }, /is not text/],
  ])('%j is refused in words of our own', async (body, says) => {
    const refused = await ask(() => ({ body }))
    expect(refused).toMatchObject({
      error: { code: 'userinfo_malformed', message: expect.stringMatching(says) as string },
    })
  })
})
