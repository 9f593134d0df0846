import { describe, expect, it } from 'vitest'
import { connectionDraft } from '../../../../src/core/contract/connections.ts'
import {
  blankForm,
  draftOf,
  formOf,
  toggleScope,
  wantsInsecure,
} from '../../../../src/renderer/src/features/accounts/connect/connection-form.ts'
import { connection, ids } from '../../../support/fake-data.ts'

describe('draftOf', () => {
  it('makes drafts that the contract accepts, from nothing and from a connection', () => {
    const made = draftOf({ ...blankForm, issuer: ' https://login.example ', clientId: 'app' })
    expect(connectionDraft.parse(made)).toMatchObject({
      name: 'login.example',
      provider: { issuer: 'https://login.example' },
    })
    expect(connectionDraft.parse(draftOf(formOf(connection())))).toMatchObject({
      id: ids.connection,
      resource: 'http://127.0.0.1:47114/api',
    })
  })
  it('keeps the stored secret unless a new one is typed or it is to be forgotten', () => {
    const form = {
      ...formOf(connection({ clientAuthentication: 'client_secret_basic', hasClientSecret: true })),
    }
    expect(draftOf(form).clientSecret).toBeUndefined()
    expect(draftOf({ ...form, clientSecret: 's3' }).clientSecret).toBe('s3')
    expect(draftOf({ ...form, forgetSecret: true }).clientSecret).toBe('')
    expect(draftOf({ ...form, clientAuthentication: 'none' }).clientSecret).toBe('')
  })
  it('leaves empty optional endpoints out', () => {
    const provider = { ...connection().provider, source: 'by-hand' as const, userinfoEndpoint: undefined }
    expect(draftOf(formOf(connection({ provider }))).provider).toMatchObject({ userinfoEndpoint: undefined })
  })
})

describe('wantsInsecure', () => {
  it.each([
    ['http://login.example', true],
    ['http://127.0.0.1:9000', false],
    ['http://[::1]:9000', false],
    ['https://login.example', false],
    ['login.example', false],
  ])('%s', (issuer, insecure) => {
    expect(wantsInsecure({ ...blankForm, issuer })).toBe(insecure)
  })
})

describe('toggleScope', () => {
  it('adds once and takes out', () => {
    expect(toggleScope('openid  profile', 'email')).toBe('openid profile email')
    expect(toggleScope('openid profile', 'openid')).toBe('profile')
  })
})
