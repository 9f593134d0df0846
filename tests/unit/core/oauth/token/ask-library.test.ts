import { describe, expect, it } from 'vitest'
import type { MessageKind } from '../../../../../src/core/contract/tables/message-kinds.ts'
import { prepareClient } from '../../../../../src/core/oauth/client/client.ts'
import type { ClientKeys } from '../../../../../src/core/oauth/client/client-keys.ts'
import type { DpopProver } from '../../../../../src/core/oauth/client/dpop.ts'
import type { TokenRequestKind } from '../../../../../src/core/oauth/token/token-request-kind.ts'
import { askLibrary, type AskOptions } from '../../../../../src/core/oauth/token/token-request.ts'
import { connection, fakeFetch, issuer } from '../fake.ts'

type Reply = Parameters<typeof fakeFetch>[0][string]
const url = `${issuer}/token`
const granted = { access_token: 'a', token_type: 'Bearer', expires_in: 60 }

const ask = async (reply: Reply, options: Partial<AskOptions> = {}) => {
  const client = await prepareClient(connection(), undefined)
  if (!client.ok) throw new Error(client.error.code)
  const fetch = fakeFetch({ [url]: reply })
  const result = await askLibrary(
    client.value,
    ({ openid, configuration }) => openid.clientCredentialsGrant(configuration),
    { fetch, now: () => 7, kind: 'client_credentials', ...options },
  )
  return { result, sent: fetch.sent, code: result.ok ? 'ok' : result.error.code }
}

describe('askLibrary', () => {
  it('brings the answer as it came, when it came, and by which clock', async () => {
    const headers = { date: 'Thu, 01 Jan 2026 00:00:00 GMT' }
    const { result } = await ask({ body: { ...granted, id_token: 'not.judged.here', more: 1 }, headers })
    expect(result).toMatchObject({
      ok: true,
      value: {
        value: { access_token: 'a' },
        answer: {
          json: { ...granted, id_token: 'not.judged.here', more: 1 },
          notes: [],
          receivedAt: 7,
          serverDate: Date.UTC(2026, 0, 1),
        },
      },
    })
    const undated = await ask({ body: granted, headers: { date: 'soon' } })
    expect(undated.result.ok && undated.result.value.answer).not.toHaveProperty('serverDate')
  })

  it('takes tokens with status 201, and says so', async () => {
    const { result } = await ask({ status: 201, body: granted })
    expect(result.ok && result.value.answer.notes).toEqual(['The response had status 201 instead of 200.'])
    expect((await ask({ status: 201, body: { token_type: 'Bearer' } })).code).toBe('token_status')
    expect((await ask({ status: 202, body: granted })).code).toBe('token_status')
  })

  it('lets its caller change, read, soften and judge', async () => {
    const { result, sent } = await ask(
      { body: 'a=1' },
      {
        amend: (form) => form.set('added', 'yes'),
        read: (body) => ({ ...granted, read: body }),
        soften: (json) => ({ json: { ...json, softened: true }, notes: ['soft'] }),
      },
    )
    expect(sent[0]?.form.get('added')).toBe('yes')
    expect(result).toMatchObject({
      value: { answer: { json: { read: 'a=1', softened: true }, notes: ['soft'] } },
    })
    const judged = await ask(
      { body: granted },
      { judge: () => ({ code: 'judged', message: 'm', remedy: 'distrust-answer' }) },
    )
    expect(judged.code).toBe('judged')
  })

  it('says what the library does not take', async () => {
    const { result } = await ask({ body: { ...granted, access_token: 7 } })
    expect(result).toMatchObject({
      error: {
        code: 'token_answer_malformed',
        message: 'The response is malformed: “access_token” is not text, or empty.',
      },
    })
  })

  it('says that the network failed, and hides no defect', async () => {
    expect((await ask({ network: 'network_cut' })).code).toBe('token_network_cut')
    const defect = () => Promise.reject(new TypeError('a defect'))
    await expect(ask({ body: '' }, { fetch: defect })).rejects.toThrow('a defect')
  })

  it('notices where the library answers without asking', async () => {
    const client = await prepareClient(connection(), undefined)
    if (!client.ok) throw new Error(client.error.code)
    const options = { fetch: fakeFetch({}), now: () => 7, kind: 'code' } as const
    await expect(askLibrary(client.value, () => Promise.resolve('x'), options)).rejects.toThrow(
      'without sending a request',
    )
  })

  it('goes with the certificate and the signal of its caller, and follows no redirect', async () => {
    const certificate = { certificate: 'c', key: 'k' }
    const { signal } = new AbortController()
    const { sent } = await ask({ body: granted }, { keys: { certificate }, signal })
    expect(sent[0]?.options).toMatchObject({ method: 'POST', certificate, signal, redirect: 'manual' })
    const bare = await ask({ body: granted })
    for (const name of ['certificate', 'signal']) expect(bare.sent[0]?.options).not.toHaveProperty(name)
    expect(bare.sent[0]?.options.headers).not.toHaveProperty('dpop')
  })
})

describe('a proof of possession (RFC 9449 section 8)', () => {
  const prover = () => {
    const proofs: unknown[] = []
    const nonces: unknown[] = []
    const dpop: DpopProver = {
      thumbprint: 't',
      proof: (request) => Promise.resolve(`proof-${proofs.push(request)}`),
      remember: (...nonce) => void nonces.push(nonce),
    }
    return { keys: { dpop }, proofs, nonces }
  }
  const wants = { status: 400, body: { error: 'use_dpop_nonce' }, headers: { 'dpop-nonce': 'n1' } }

  it('is made for the request', async () => {
    const { keys, proofs } = prover()
    const { sent } = await ask({ body: granted }, { keys })
    expect(proofs).toEqual([{ method: 'POST', url }])
    expect(sent[0]?.options.headers).toMatchObject({ dpop: 'proof-1', accept: 'application/json' })
  })

  it('is made anew with the nonce that the server wants, once', async () => {
    const { keys, nonces } = prover()
    const good = await ask([wants, { body: granted }], { keys })
    expect([good.code, good.sent.length]).toEqual(['ok', 2])
    expect(nonces).toEqual([
      [url, 'n1'],
      [url, null],
    ])
    const bad = await ask(wants, { keys: prover().keys })
    expect([bad.code, bad.sent.length]).toEqual(['token_provider_error', 2])
  })

  it('is not made anew without a key, or for another refusal', async () => {
    expect((await ask(wants)).sent).toHaveLength(1)
    const other = { ...wants, body: { error: 'invalid_dpop_proof' } }
    expect((await ask(other, { keys: prover().keys })).sent).toHaveLength(1)
  })
})

describe('what a message carries besides', () => {
  it.each<[TokenRequestKind, MessageKind]>([
    ['code', 'token'],
    ['token_exchange', 'token'],
    ['jwt_bearer', 'token'],
    ['password', 'token'],
    ['refresh', 'refresh'],
    ['pushed', 'pushed'],
    ['device', 'device'],
    ['client_credentials', 'client_credentials'],
  ])('in a request of the kind %s is that of %s', async (kind, to) => {
    const kinds: MessageKind[] = ['token', 'refresh', 'pushed', 'device', 'client_credentials', 'api']
    const further: ClientKeys['further'] = kinds.map((each) => ({
      to: each,
      where: 'parameter',
      name: 'to',
      value: each,
      secret: false,
    }))
    const { sent } = await ask({ body: granted }, { kind, keys: { further } })
    expect(sent[0]?.form.get('to')).toBe(to)
  })
})
