import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { connectionSettings, type ConnectionSettings } from '@contract/connection-settings'
import { directGrantInput } from '@contract/grants'
import { settingFacts, settingOf, settingParameters } from '@contract/tables/connection-settings'
import { asksForm, grantOf, grantTable, isProgramAlone } from '@contract/tables/grants'
import { keyIn, keysOf } from '@contract/tables/keys-of'
import { redirectTable } from '@contract/tables/redirect-kinds'
import { responseModeTable } from '@contract/tables/response-modes'

const form = resolve(import.meta.dirname, '../../../../src/renderer/src/features/accounts/connect')

/** One sound value of each setting. */
const whole: Required<ConnectionSettings> = {
  grant: 'authorization_code',
  pushed: true,
  signedRequest: true,
  responseType: 'code id_token',
  responseMode: 'form_post',
  loopbackHost: 'localhost',
  loopbackPort: 4000,
  windowRedirectUri: 'https://app.example/cb',
  assertionAudience: 'token_endpoint',
  dpop: true,
  acceptUnverified: true,
  further: [{ to: 'token', where: 'header', name: 'Origin', value: 'http://localhost' }],
  secretPlacement: 'basic_raw',
  formTokenAnswer: true,
  sendAsBearer: true,
  accessTokenAt: '/data/token',
  refreshTokenAt: '/data/refresh',
  expiresInAt: '/data/life',
  apiScheme: 'token',
  apiHeader: 'X-Token',
  apiQuery: 'access_token',
  apiCookie: 'session',
  apiToken: 'id_token',
  lifeAs: 'time',
  scopeSeparator: ',',
  scopeParameter: 'user_scope',
  scopeLeftOut: true,
  resources: ['https://api.example'],
  audience: 'api',
  authorizationDetails: '[{"type":"x"}]',
  prompt: 'login',
  maxAgeSeconds: 60,
  acrValues: 'high',
  loginHint: 'alice',
  uiLocales: 'nl',
  claims: '{}',
  extra: [{ name: 'tenant', value: 'blue' }],
  typed: [{ field: 'clientId', template: '{{id}}', value: 'web' }],
}

describe('settings of a connection', () => {
  const names = Object.keys(connectionSettings.shape)
  // What other fields were typed as has none of its own.
  const controlled = names.filter((name) => name !== 'typed')

  it.each(controlled)('%s has a control in the form that sets it', (name) => {
    const sources = readdirSync(form).map((file) => readFileSync(join(form, file), 'utf8'))
    // `set({ pushed: …`, `set({ …: { ...settings, pushed: …`, or a row of the text fields.
    const sets = new RegExp(
      `set\\(\\{\\s*${name}:|\\.\\.\\.(form\\.)?settings, ${name}:|text\\(\\s*'${name}'`,
    )
    expect(sources.filter((source) => sets.test(source))).not.toEqual([])
  })

  it('become parameters, and come back from them', () => {
    const parameters = settingParameters(whole)
    expect(parameters).toEqual([
      ['audience', 'api'],
      ['prompt', 'login'],
      ['max_age', '60'],
      ['acr_values', 'high'],
      ['login_hint', 'alice'],
      ['ui_locales', 'nl'],
      ['claims', '{}'],
      ['authorization_details', '[{"type":"x"}]'],
    ])
    const back = parameters.map(([name, value]) => settingOf(name, value))
    expect(whole).toMatchObject(Object.assign({}, ...back) as object)
    expect(settingOf('max_age', 'soon')).toEqual({})
    expect(settingOf('tenant', 'blue')).toBeUndefined()
  })

  it('are said among the facts, or shown by other rows', () => {
    const silent = names.filter(
      (name) => settingFacts({ [name]: whole[name as keyof ConnectionSettings] }).length === 0,
    )
    expect(silent).toEqual(['grant', 'responseType', 'loopbackHost', 'loopbackPort', 'windowRedirectUri'])
    expect(settingFacts({ dpop: false })).toEqual([])
  })
})

describe('grants', () => {
  it('without a browser are those that can be asked for directly', () => {
    const direct = directGrantInput.options.map(({ shape }) => shape.grant.value)
    const rows = keysOf(grantTable).filter((grant) => asksForm(grant) || isProgramAlone(grant))
    expect(rows.sort()).toEqual(direct.sort())
  })

  it('are the code by itself', () => {
    expect(grantOf()).toBe('authorization_code')
    expect(grantOf({ grant: 'password' })).toBe('password')
  })
})

it('every way of the response arrives at one redirect at least', () => {
  for (const mode of keysOf(responseModeTable)) {
    const { place } = responseModeTable[mode]
    expect(keysOf(redirectTable).filter((kind) => redirectTable[kind].takes[place])).not.toEqual([])
  }
})

it('a text from outside names a row only by its own name', () => {
  expect(keyIn(redirectTable, 'loopback')).toBe('loopback')
  expect(keyIn(redirectTable, 'toString')).toBeUndefined()
  expect(keyIn(redirectTable, '')).toBeUndefined()
})
