import { describe, expect, it } from 'vitest'
import type { ContainerAuth } from '@contract/collection-scope'
import type { SendSettings } from '@contract/sending/settings'
import { readDefaults } from '../../../../src/core/collections/read-container.ts'
import {
  containerAuthOf,
  editContainerAuth,
  editContainerSettings,
} from '../../../../src/core/collections/scope/edit-container.ts'
import { collectionSamples } from '../../../support/collection-samples.ts'

function read(text: string) {
  const found = readDefaults(text)
  if (!found.ok) throw new Error(found.fault.reason)
  return found.container
}
const authIn = (text: string): ContainerAuth => containerAuthOf(read(text).file)
function withAuth(text: string, auth: ContainerAuth): string {
  const result = editContainerAuth(text, auth)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}
function withSettings(text: string, settings: SendSettings): string {
  const result = editContainerSettings(text, settings)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}
const before = `opencollection: 1.0.0
info:
  name: Shop # ours
request:
  headers:
    - name: X-Team
      value: red
  auth:
    type: basic
    username: ann # of the team
    password: "{{password}}"
    note: kept
  settings:
    encodeUrl: true
    http:
      timeout: 10000 # slow
      followRedirects: true
`
const containers = collectionSamples.filter(({ path }) => /(?:opencollection|folder)\.yml$/.test(path))

describe('the auth of a folder', () => {
  it.each(containers)('$path stays to the byte where nothing is changed', ({ text }) => {
    expect(withAuth(text, authIn(text))).toBe(text)
    expect(withSettings(text, read(text).defaults.settings)).toBe(text)
  })

  it('is changed in its own lines', () => {
    expect(authIn(before)).toEqual({ kind: 'basic', username: 'ann', password: '{{password}}' })
    expect(withAuth(before, { kind: 'basic', username: 'bob', password: '{{password}}' })).toBe(
      before.replace('ann', 'bob'),
    )
    const bearer = withAuth(before, { kind: 'bearer', token: '{{token}}' })
    expect(authIn(bearer)).toEqual({ kind: 'bearer', token: '{{token}}' })
    expect(bearer).toContain('value: red\n  auth:\n    type: bearer\n')
    expect(bearer).not.toContain('ann')
    const none = withAuth(before, { kind: 'none' })
    expect(none).toContain('  auth: none\n')
    expect(authIn(none)).toEqual({ kind: 'none' })
    const inherits = withAuth(before, { kind: 'inherit' })
    expect(inherits).not.toContain('auth')
    expect(authIn(inherits)).toEqual({ kind: 'inherit' })
    expect(withAuth(inherits, { kind: 'none' })).toContain('value: red\n  auth: none\n  settings:')
  })

  it('is made where there is none', () => {
    for (const text of [
      'info:\n  name: A\n',
      'info:\n  name: A\nrequest: {}\n',
      'info:\n  name: A\nrequest:\n',
    ]) {
      const made = withAuth(text, { kind: 'apikey', key: 'X-Key', value: '{{k}}', placement: 'cookie' })
      expect(authIn(made)).toEqual({ kind: 'apikey', key: 'X-Key', value: '{{k}}', placement: 'cookie' })
    }
    expect(withAuth('request:\n  auth: none\n', { kind: 'inherit' })).toBe('request:\n  auth: inherit\n')
  })

  it('stays where Gatehouse does not edit it here', () => {
    const ntlm = 'request:\n  auth:\n    type: ntlm\n    username: a\n'
    expect(authIn(ntlm)).toEqual({ kind: 'kept', called: 'ntlm' })
    expect(withAuth(ntlm, authIn(ntlm))).toBe(ntlm)
    const code = 'request:\n  auth:\n    type: oauth2\n    flow: authorization_code\n'
    expect(authIn(code)).toEqual({ kind: 'sign-in', name: '' })
    expect(withAuth(code, authIn(code))).toBe(code)
    expect(authIn(withAuth(code, { kind: 'none' }))).toEqual({ kind: 'none' })
  })
})

describe('the settings of a folder', () => {
  it('are changed in their own lines, as numbers', () => {
    expect(withSettings(before, { timeout: 5_000, followRedirects: true })).toBe(
      before.replace('timeout: 10000 # slow', 'timeout: 5000'),
    )
    expect(withSettings(before, { timeout: 10_000, followRedirects: false, maxRedirects: 3 })).toBe(
      before.replace('followRedirects: true', 'followRedirects: false\n      maxRedirects: 3'),
    )
    expect(withSettings(before, { timeout: 10_000 })).toBe(
      before.replace('      followRedirects: true\n', ''),
    )
    const none = withSettings(before, {})
    expect(read(none).defaults.settings).toEqual({})
    expect(none).toContain('encodeUrl: true')
  })

  it('are made where there are none', () => {
    expect(withSettings('info:\n  name: A\n', { maxRedirects: 0 })).toBe(
      'info:\n  name: A\nrequest:\n  settings:\n    http:\n      maxRedirects: 0\n',
    )
    const flow = withSettings('request: {settings: {http: {timeout: 1}}}\n', {
      timeout: 2,
      followRedirects: false,
    })
    expect(flow).toBe('request: {settings: {http: {timeout: 2, followRedirects: false}}}\n')
  })
})
