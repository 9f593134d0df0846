import { expect, it } from 'vitest'
import { askLoginPage } from '../../../../../src/core/oauth/redirect/ask-page.ts'
import type { FetchOptions } from '../../../../../src/core/oauth/wire/fetch.ts'

type Answer = [status: number, headers: [string, string][]]

const ask = async (url: string, answers: Record<string, Answer>) => {
  const sent: { url: string; options: FetchOptions }[] = []
  const page = await askLoginPage(url, {
    allowInsecure: false,
    randomBytes: (length) => new Uint8Array(length).fill(7),
    fetch: async (address, options = {}) => {
      sent.push({ url: address, options })
      const { origin, pathname } = new URL(address)
      const [status, headers] = answers[`${origin}${pathname}`] ?? [404, []]
      return new Response(null, { status, headers })
    },
  })
  return { page, sent }
}

const url =
  'https://idp.example/authorize?tenant=a%20b&client_id=c&state=secret-state&nonce=secret-nonce&code_challenge=x&redirect_uri=app.gatehouse.desktop%3A%2Foauth%2Fcallback'

it('asks in a request of its own, with the cookies that each place set, and reads the policies of the page', async () => {
  const { page, sent } = await ask(url, {
    'https://idp.example/authorize': [
      303,
      [
        ['location', '/login'],
        ['set-cookie', 'step=1; Path=/; HttpOnly'],
        ['set-cookie', 'other=2; Expires=Thu, 01 Jan 2099 00:00:00 GMT'],
      ],
    ],
    'https://idp.example/login': [302, [['location', 'https://login.example/form']]],
    'https://login.example/form': [
      200,
      [
        ['content-security-policy', "form-action 'self'"],
        ['content-security-policy', "default-src 'none'"],
      ],
    ],
  })
  expect(page).toEqual({
    url: 'https://login.example/form',
    policies: "form-action 'self', default-src 'none'",
  })
  expect(sent[0]?.url).toMatch(/^https:\/\/idp\.example\/authorize\?tenant=a%20b&client_id=c&redirect_uri=/)
  expect(sent[0]?.url).not.toMatch(/secret-state|secret-nonce|code_challenge=x/)
  expect(new URL(sent[0]?.url ?? '').searchParams.get('state')).toHaveLength(43)
  expect(sent.map(({ options }) => options.headers?.['cookie'])).toEqual([
    undefined,
    'step=1; other=2',
    undefined,
  ])
})

it('goes after nothing that would use up the request, answer it, or lead astray', async () => {
  const none = async (address: string, answers: Record<string, Answer>, asked: number) => {
    const { page, sent } = await ask(address, answers)
    expect([page, sent.length]).toEqual([undefined, asked])
  }
  const to = (location: string): Record<string, Answer> => ({
    'https://idp.example/authorize': [302, [['location', location]]],
  })
  await none('https://idp.example/authorize?client_id=c&request_uri=urn%3Aonce', {}, 0)
  await none('https://idp.example/authorize?client_id=c&request=signed', {}, 0)
  await none(url, {}, 1)
  await none(url, to('app.gatehouse.desktop:/oauth/callback?code=1'), 1)
  await none(url, to('http://127.0.0.1:1234/oauth/callback?code=1'), 1)
  await none(url, to('http://plain.example/'), 1)
  await none(url, to('/authorize'), 6)
  const back = 'http://127.0.0.1:4000/cb'
  await none(
    `http://127.0.0.1:3000/authorize?redirect_uri=${encodeURIComponent(back)}`,
    { 'http://127.0.0.1:3000/authorize': [302, [['location', `${back}?code=1`]]] },
    1,
  )
})
