import { expect, it } from 'vitest'
import { refreshChanges } from '../../../../../src/core/app/tokens/refresh-changes.ts'

const part = (json: string): string => Buffer.from(json).toString('base64url')
const of = (claims: string, scope = 'a') =>
  ({
    tokenSet: { scope },
    tokens: { access: `${part('{"alg":"HS256"}')}.${part(claims)}.c2ln` },
  }) as Parameters<typeof refreshChanges>[0]
const changes = (before: string, after: string) =>
  refreshChanges(of(before), of(after), { rotated: false, notes: [] } as never).slice(1)

it('tells claims that changed, numbers as written, and none that every token has anew', () => {
  expect(
    changes(
      '{"id":1147953659032899584,"v":1.0,"gone":null,"exp":1,"jti":"a"}',
      '{"id":1147953659032899585,"v":1.0,"new":[true],"exp":2,"jti":"b"}',
    ),
  ).toEqual([
    'claim id: 1147953659032899584 → 1147953659032899585',
    'claim gone: null → absent',
    'claim new: absent → [true]',
  ])
})
