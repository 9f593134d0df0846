import { describe, expect, it } from 'vitest'
import { keptClaims } from '../../../../../src/core/app/accounts/kept-claims.ts'
import { rememberWritten, writtenObject } from '../../../../../src/core/text/written.ts'

const claimsOf = (json: string) => rememberWritten(JSON.parse(json) as Record<string, unknown>, json)

describe('what is kept of claims', () => {
  it('is as it came where nothing in it is secret, down to how numbers are written', () => {
    const json = '{"name":"Ann","address":{"state":"VT","code":"05401"},"id":1147953659032899584,"at":1.0}'
    const claims = claimsOf(json)
    expect(keptClaims(claims)).toBe(claims)
    expect(writtenObject(keptClaims(claims))).toBe(json)
  })

  it('covers what is secret by its name or its look, at any depth', () => {
    const token = `ghp_${'aB3'.repeat(12)}`
    const claims = claimsOf(
      `{"name":"Ann","api_key":"marked-one","more":{"n":1.0,"password":"marked-two"},"note":"see ${token}"}`,
    )
    const kept = writtenObject(keptClaims(claims))
    expect(kept).not.toMatch(/marked|ghp_/)
    expect(kept).toContain('"name":"Ann"')
    expect(kept).toContain('1.0')
  })
})
