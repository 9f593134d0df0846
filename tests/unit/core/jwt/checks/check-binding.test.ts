import { describe, expect, it } from 'vitest'
import { checkBinding } from '../../../../../src/core/jwt/checks/check-binding.ts'
import { notKnown } from '../../../../../src/core/text/known.ts'

describe('checkBinding', () => {
  const bound = { cnf: { jkt: 'ours' } }
  it.each([
    [bound, 'DPoP', 'ours', 'valid', 'this app’s'],
    [bound, 'DPoP', 'theirs', 'invalid binding_wrong', 'another DPoP key'],
    [bound, 'Bearer', null, 'invalid binding_wrong', 'this connection has none'],
    [bound, notKnown, notKnown, 'notice bound', 'a DPoP key'],
    [{ cnf: { 'x5t#S256': 'x' } }, 'Bearer', 'ours', 'notice bound', 'a client certificate'],
    [{ cnf: { kid: 'x' } }, 'Bearer', null, 'notice bound', 'a key'],
    [{}, 'DPoP', 'ours', 'invalid binding_missing', 'not bound to a key'],
    [{}, 'dpop', notKnown, 'invalid binding_missing', 'not bound to a key'],
    [{ cnf: 'ours' }, 'DPoP', 'ours', 'invalid binding_missing', 'not bound to a key'],
    [{}, 'Bearer', 'ours', 'not-checked bearer', 'Bearer'],
    [{}, notKnown, notKnown, 'not-checked bearer', 'Bearer'],
  ] as [
    Record<string, unknown>,
    string | typeof notKnown,
    string | null | typeof notKnown,
    string,
    string,
  ][])('judges %j of type %s with key %s', (claims, tokenType, keyThumbprint, verdict, words) => {
    const { state, code, detail } = checkBinding(claims, { tokenType, keyThumbprint })
    expect(`${state} ${code ?? ''}`.trim()).toBe(verdict)
    expect(detail).toContain(words)
  })
})
