import { expect, it } from 'vitest'
import type { SharedSignIn } from '../../../../../src/core/contract/collection-scope.ts'
import { callerOf, callerWords } from '../../../../../src/renderer/src/features/requests/scope/caller.ts'

const inherits = { accountId: null, auth: { kind: 'inherit' } } as const
const signIn: SharedSignIn = {
  own: false,
  from: 'collection Shop',
  name: 'Shop login',
  clientId: 'shop',
  scope: '',
  redirectUri: '',
  grant: 'authorization_code',
  asks: 'nothing',
  warnings: [],
  seen: '',
}

it('names the account of the request itself', () => {
  const scope = { auth: { called: 'Basic', from: 'folder Orders', sent: true, names: [] } }
  expect(callerOf({ accountId: 'a1' }, scope)).toEqual({ accountId: 'a1' })
  expect(callerOf({ accountId: null }, scope)).toEqual({ accountId: null })
})

it('names an auth of the request itself, without a place', () => {
  const auth = { kind: 'digest', username: '', password: '' } as const
  expect(callerOf({ accountId: null, auth }, { auth: null })).toEqual({ accountId: null, auth: 'Digest' })
})

it('names what is inherited and from where', () => {
  const auth = { called: 'Basic', from: 'folder Orders', sent: true, names: [] }
  const caller = callerOf(inherits, { auth })
  expect(caller).toEqual({ accountId: null, auth: 'Basic', from: 'folder Orders' })
  expect(callerWords(caller)).toBe('Basic, from folder Orders')
  expect(callerOf(inherits, undefined)).toEqual({ accountId: null, auth: 'Inherited' })
  expect(callerOf(inherits, { auth: null })).toEqual({ accountId: null, auth: 'No auth' })
  expect(
    callerOf(inherits, { auth: { called: 'No auth', from: 'folder A', sent: false, names: [] } }),
  ).toEqual({
    accountId: null,
    auth: 'No auth',
    from: 'folder A',
  })
})

it('says what is kept and not sent', () => {
  const auth = { called: 'oauth1', from: 'folder A', sent: false, names: [] }
  expect(callerOf(inherits, { auth }).auth).toBe('oauth1, not sent')
})

it('names the account that was chosen for a sign-in, or says that there is none', () => {
  const auth = { called: 'No auth', from: 'collection Shop', sent: false, names: [] }
  const chosen = callerOf(inherits, { auth, signIn: { ...signIn, accountId: 'a1' } })
  expect(chosen).toEqual({ accountId: 'a1', from: 'collection Shop' })
  expect(callerWords(chosen, 'Alice')).toBe('Calls as Alice, from collection Shop')
  expect(callerOf(inherits, { auth, signIn })).toEqual({
    accountId: null,
    auth: 'Not signed in to Shop login',
    from: 'collection Shop',
  })
  // One that the request describes itself is chosen as any other.
  expect(callerOf({ accountId: null }, { auth: null, signIn: { ...signIn, own: true } })).toEqual({
    accountId: null,
  })
})
