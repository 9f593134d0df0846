import { describe, expect, it } from 'vitest'
import {
  blankForm,
  type ConnectionForm,
} from '../../../../src/renderer/src/features/accounts/connect/connection-form.ts'
import { fieldOf, formFaults } from '../../../../src/renderer/src/features/accounts/connect/form-faults.ts'

const nothing = { clientSecret: false, certificate: false }
const form = (part: Partial<ConnectionForm>): ConnectionForm => ({
  ...blankForm,
  issuer: 'https://login.example',
  clientId: 'client',
  ...part,
})
const fields = (part: Partial<ConnectionForm>, stored = nothing) =>
  Object.keys(formFaults(form(part), stored))

describe('the faults of a connection', () => {
  it('are at their fields, the first of the form first', () => {
    expect(Object.keys(formFaults(blankForm, nothing))).toEqual(['issuer', 'clientId'])
    expect(fields({})).toEqual([])
    expect(fields({ issuer: 'login.example' })).toEqual(['issuer'])
    expect(fields({ mode: 'by-hand' })).toEqual(['authorizationEndpoint', 'tokenEndpoint'])
    expect(fields({ resource: 'orders' })).toEqual(['resource'])
  })
  it('know the secret that the client authentication needs', () => {
    const secret = { clientAuthentication: 'client_secret_basic' } as const
    expect(fields(secret)).toEqual(['clientSecret'])
    expect(fields({ ...secret, clientSecret: 's' })).toEqual([])
    expect(fields(secret, { ...nothing, clientSecret: true })).toEqual([])
    expect(fields({ ...secret, forgetSecret: true }, { ...nothing, clientSecret: true })).toEqual([
      'clientSecret',
    ])
  })
  it('know keys and certificates', () => {
    expect(fields({ clientAuthentication: 'private_key_jwt', keySource: 'import' })).toEqual(['keyText'])
    const certificate = { clientAuthentication: 'tls_client_auth' } as const
    expect(fields(certificate)).toEqual(['certificateText', 'certificateKey'])
    expect(fields(certificate, { ...nothing, certificate: true })).toEqual([])
    expect(fields({ ...certificate, certificateText: 'x' }, { ...nothing, certificate: true })).toEqual([
      'certificateKey',
    ])
  })
  it('of a refused save are where they are mended', () => {
    expect(fieldOf({ code: 'connection_needs_secret' })).toBe('clientSecret')
    expect(fieldOf({ code: 'discovery_not_found' })).toBe('issuer')
    expect(fieldOf({ code: 'network_refused' })).toBeUndefined()
  })
})
