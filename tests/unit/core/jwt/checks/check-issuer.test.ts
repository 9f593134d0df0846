import { describe, expect, it } from 'vitest'
import { checkIssuer } from '../../../../../src/core/jwt/checks/check-issuer.ts'
import { notKnown } from '../../../../../src/core/text/known.ts'
import { issuer } from '../sample.ts'

describe('checkIssuer', () => {
  const tenant = '00000000-aaaa-bbbb-cccc-000000000001'
  const entra = 'https://login.example/{tenantid}/v2.0'
  it.each([
    [{ iss: issuer }, issuer, 'valid'],
    [{ iss: `${issuer}/` }, issuer, 'invalid iss_slash'],
    [{ iss: issuer }, `${issuer}/`, 'invalid iss_slash'],
    [{ iss: `${issuer}//` }, issuer, 'invalid iss_wrong'],
    [{ iss: `${issuer}.evil` }, issuer, 'invalid iss_wrong'],
    [{ iss: issuer.toUpperCase() }, issuer, 'invalid iss_wrong'],
    [{}, issuer, 'invalid iss_missing'],
    [{ iss: [issuer] }, issuer, 'invalid iss_missing'],
    [{}, notKnown, 'invalid iss_missing'],
    [{ iss: issuer }, notKnown, 'not-checked no_expectation'],
    [{ iss: `https://login.example/${tenant}/v2.0`, tid: tenant }, entra, 'valid'],
    [{ iss: `https://login.example/${tenant}/v2.0` }, entra, 'invalid iss_wrong'],
    [{ iss: 'https://login.example/evil/v2.0', tid: 'evil' }, entra, 'invalid iss_wrong'],
    [{ iss: `https://login.example/${tenant}0/v2.0`, tid: `${tenant}0` }, entra, 'invalid iss_wrong'],
    [{ iss: `https://login.example/0${tenant}/v2.0`, tid: `0${tenant}` }, entra, 'invalid iss_wrong'],
    [{ iss: entra }, entra, 'valid'],
  ] as [Record<string, unknown>, typeof issuer | typeof notKnown, string][])(
    'judges %j against %s',
    (claims, expected, verdict) => {
      const { state, code } = checkIssuer(claims, expected, 'here')
      expect(`${state} ${code ?? ''}`.trim()).toBe(verdict)
    },
  )
})
