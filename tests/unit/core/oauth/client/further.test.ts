import { describe, expect, it } from 'vitest'
import type { FurtherPart } from '../../../../../src/core/contract/connection-settings.ts'
import {
  checkFurther,
  furtherInBrowser,
  namesVariable,
  withFurther,
} from '../../../../../src/core/oauth/client/further.ts'

const part = (change: Partial<FurtherPart> = {}): FurtherPart => ({
  to: 'token',
  where: 'parameter',
  name: 'tenant',
  value: 'one',
  ...change,
})
const codeOf = (change: Partial<FurtherPart>) => checkFurther([part(change)])?.code

describe('checkFurther', () => {
  it('lets through what is only a word more', () => {
    expect(checkFurther()).toBeUndefined()
    expect(checkFurther([])).toBeUndefined()
    expect(codeOf({})).toBeUndefined()
    expect(codeOf({ where: 'header', name: 'X-Tenant', value: '\t a~' })).toBeUndefined()
  })

  it('finds the one that is unfit among others', () => {
    expect(checkFurther([part(), part({ name: 'state' })])?.code).toBe('connection_further_reserved')
  })

  it.each([
    'assertion',
    'client_assertion',
    'client_assertion_type',
    'client_id',
    'client_secret',
    'code',
    'code_challenge',
    'code_challenge_method',
    'code_verifier',
    'device_code',
    'dpop_jkt',
    'grant_type',
    'nonce',
    'refresh_token',
    'request',
    'request_uri',
    'response_mode',
    'response_type',
    'state',
    'token',
  ])('never sets the parameter %s of OAuth, though it may be a word of an API', (name) => {
    for (const to of ['token', 'authorization', 'pushed', 'refresh'] as const)
      expect(codeOf({ name, to, value: '{{v}}' })).toBe('connection_further_reserved')
    expect(codeOf({ name, to: 'api', value: '{{v}}' })).toBeUndefined()
  })

  it.each(['redirect_uri', 'scope'])('sets %s, but not where the browser carries it', (name) => {
    expect(codeOf({ name, to: 'authorization' })).toBe('connection_further_reserved')
    expect(codeOf({ name, to: 'pushed' })).toBe('connection_further_reserved')
    expect(codeOf({ name, to: 'token' })).toBeUndefined()
  })

  it.each([
    'authorization',
    'connection',
    'content-encoding',
    'content-length',
    'content-type',
    'cookie',
    'dpop',
    'expect',
    'host',
    'keep-alive',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
  ])('never sets the header %s, however it is written', (name) => {
    for (const to of ['token', 'api'] as const)
      for (const written of [name, name.toUpperCase()])
        expect(codeOf({ name: written, to, where: 'header', value: '{{v}}' })).toBe(
          'connection_further_reserved',
        )
    expect(codeOf({ name, value: '{{v}}' })).toBeUndefined()
  })

  it('names what it refuses', () => {
    expect(checkFurther([part({ where: 'header', name: 'Host' })])?.message).toBe(
      'Gatehouse sets the header Host itself.',
    )
    expect(checkFurther([part({ name: 'state' })])?.message).toBe(
      'Gatehouse sets the parameter state itself.',
    )
  })

  it('gives the browser no headers', () => {
    expect(codeOf({ where: 'header', name: 'x-tenant', to: 'authorization' })).toBe(
      'connection_further_unsound',
    )
    expect(codeOf({ where: 'header', name: 'x-tenant', to: 'pushed' })).toBeUndefined()
  })

  it.each([
    ['x tenant', 'v'],
    ['x:tenant', 'v'],
    ['', 'v'],
    ['x-tenant\n', 'v'],
    ['x-tenant', 'a\nb'],
    ['x-tenant', 'ü'],
    ['x-tenant', '\u007f'],
    ['x-tenant', 'v\n'],
  ])('carries no header %j: %j', (name, value) => {
    expect(codeOf({ where: 'header', name, value })).toBe('connection_further_unsound')
  })

  it('takes any characters in a parameter', () => {
    expect(codeOf({ name: 'x tenant', value: 'ü\n' })).toBeUndefined()
  })

  it.each([
    ['parameter', 'api_key', 'connection_further_secret'],
    ['header', 'X-Api-Key', 'connection_further_secret'],
    ['header', 'X-API-KEY', 'connection_further_secret'],
    ['parameter', 'PASSWORD', 'connection_further_secret'],
  ] as const)('keeps no secret in plain text: %s %s', (where, name, code) => {
    expect(codeOf({ where, name, value: 'hunter2' })).toBe(code)
    expect(codeOf({ where, name, value: 'x{{secret}}' })).toBeUndefined()
  })

  it('knows a variable by its braces', () => {
    expect(namesVariable('a{{b}}')).toBe(true)
    expect(namesVariable('{b}')).toBe(false)
  })
})

describe('withFurther', () => {
  const url = 'https://as.example/token?a=1&tenant=old'
  const given = (change: Partial<FurtherPart> = {}, secret = false) => ({ ...part(change), secret })
  const carry = (
    further: ReturnType<typeof given>[],
    body: URLSearchParams | null = new URLSearchParams({ a: '1' }),
  ) => withFurther('token', url, { method: 'POST', headers: { accept: 'x' }, body }, { further })

  it('changes nothing where nothing is wanted', () => {
    const message = { headers: { accept: 'x' } }
    expect(withFurther('token', url, message, {})).toEqual({ url, message })
    expect(withFurther('refresh', url, message, { further: [given()] })).toEqual({ url, message })
    expect(withFurther('token', url, message, { further: [given()] }).message).toHaveProperty('secrets')
  })

  it('puts parameters into the form, in place of what has the same name', () => {
    const body = new URLSearchParams([
      ['tenant', 'old'],
      ['b', '2'],
    ])
    const carried = carry([given(), given({ name: 'more', value: 'a b' })], body)
    expect(carried.url).toBe(url)
    expect([...(carried.message.body as URLSearchParams)]).toEqual([
      ['tenant', 'one'],
      ['b', '2'],
      ['more', 'a b'],
    ])
    expect(carried.message.headers).toEqual({ accept: 'x' })
    expect(carried.message.method).toBe('POST')
  })

  it('puts parameters into the address where there is no form', () => {
    const carried = carry([given(), given({ name: 'more', value: 'a b' })], null)
    expect(carried.url).toBe('https://as.example/token?a=1&tenant=one&more=a%20b')
    expect(carried.message).toEqual({ method: 'POST', headers: { accept: 'x' }, body: null, secrets: [] })
  })

  it.each([[new URLSearchParams({ a: '1' })], [null]])(
    'puts headers beside those that are there (%s)',
    (body) => {
      const carried = carry(
        [
          given({ where: 'header', name: 'X-Tenant' }),
          given({ where: 'header', name: 'Accept', value: 'y' }),
        ],
        body,
      )
      expect(carried.url).toBe(url)
      expect(carried.message.headers).toEqual({ accept: 'y', 'x-tenant': 'one' })
      expect(carried.message.body?.toString()).toBe(body?.toString())
    },
  )

  it.each([[new URLSearchParams()], [null]])(
    'names what is secret among it, and nothing else (%s)',
    (body) => {
      const further = [
        given({ value: 's1' }, true),
        given({ value: 'plain' }),
        given({ where: 'header', value: 's2' }, true),
      ]
      expect(carry(further, body).message.secrets).toEqual(['s1', 's2'])
    },
  )
})

describe('furtherInBrowser', () => {
  it('is what goes to the authorization endpoint', () => {
    const further = [
      { ...part({ to: 'authorization' }), secret: false },
      { ...part({ to: 'pushed' }), secret: false },
    ]
    expect(furtherInBrowser({ further })).toEqual([['tenant', 'one']])
    expect(furtherInBrowser({})).toEqual([])
  })
})
