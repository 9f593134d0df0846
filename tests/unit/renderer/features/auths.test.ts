import { expect, it } from 'vitest'
import type { RequestAuth } from '../../../../src/core/contract/requests.ts'
import { authOfKind } from '../../../../src/renderer/src/features/requests/auths.ts'
import { withPart } from '../../../../src/renderer/src/features/requests/bodies.ts'
import { draft } from '../../../support/fake-data.ts'

const basic: RequestAuth = { kind: 'basic', username: 'alice', password: 'wonderland' }

/** Changes the kind of auth again and again, as the picker does; `none` is no auth. */
function through(first: RequestAuth, ...kinds: (RequestAuth['kind'] | 'none')[]): RequestAuth | undefined {
  const all: Parameters<typeof withPart>[0] = { draft: { ...draft(), auth: first } }
  return kinds.reduce((now, kind) => {
    const auth = kind === 'none' ? undefined : authOfKind(kind, now.draft.auth, now.auths)
    return withPart(now, { accountId: null, auth })
  }, all).draft.auth
}

it('keeps what was entered when the kind is changed and changed back', () => {
  expect(through(basic, 'bearer', 'basic')).toEqual(basic)
  expect(through(basic, 'none', 'basic')).toEqual(basic)
  expect(through(basic, 'none', 'inherit', 'awsv4', 'none', 'basic')).toEqual(basic)
  const key: RequestAuth = { kind: 'apikey', key: 'X-API-Key', value: 'k', placement: 'query' }
  expect(through(key, 'basic', 'client-credentials', 'apikey')).toEqual(key)
})

it('takes a name and a password along to the other kind that has both', () => {
  expect(through(basic, 'digest')).toEqual({ ...basic, kind: 'digest' })
  expect(through(basic, 'digest', 'bearer', 'basic')).toEqual(basic)
})

it('begins with nothing entered', () => {
  expect(through(basic, 'bearer')).toEqual({ kind: 'bearer', token: '' })
})
