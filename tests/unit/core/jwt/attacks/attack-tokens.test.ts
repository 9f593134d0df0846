import { describe, expect, it } from 'vitest'
import { inspectToken } from '../../../../../src/core/jwt/explain/inspect-token.ts'
import { findTokens } from '../../../../../src/core/jwt/text/find-tokens.ts'
import { now } from '../sample.ts'
import { attackTokens, otherKinds } from './attack-tokens.ts'
import { furtherAttacks, furtherNotices, noAttacks } from './further-attacks.ts'

async function verdictOf(text: string) {
  const { text: piece = '' } = findTokens(text)[0] ?? {}
  return inspectToken(piece, { now })
}

describe(`${attackTokens.length + otherKinds.length} tokens of attackers`, () => {
  it.each(attackTokens.map(([name, token], index) => [`${index + 1}. ${name}`, name, token] as const))(
    '%s is called by its name and does not hold',
    async (_title, name, token) => {
      const { verdict } = await verdictOf(token)
      expect(verdict.attacks.join(', ')).toContain(name)
      expect(verdict.state).not.toBe('holds')
    },
  )
  it.each(otherKinds)('a %s is refused as an access token', async (kind, token) => {
    const view = await inspectToken(token, { now, kind: 'access' })
    expect(view.checks.find(({ id }) => id === 'attack-other-kind')).toMatchObject({
      state: 'invalid',
      detail: expect.stringContaining(kind),
    })
  })
  it('are enough', () => {
    expect(attackTokens.length + otherKinds.length).toBeGreaterThanOrEqual(85)
  })
})

describe('further tokens of attackers', () => {
  it.each(furtherAttacks.map(([name, token], index) => [`${index + 1}. ${name}`, name, token] as const))(
    '%s is called by its name and does not hold',
    async (_title, name, token) => {
      const { verdict } = await verdictOf(token)
      expect(verdict.attacks.join(', ')).toContain(name)
      expect(verdict.state).not.toBe('holds')
    },
  )
  it.each(furtherNotices)('%s, %s, is told', async (id, code, token) => {
    expect((await verdictOf(token)).checks).toContainEqual(expect.objectContaining({ id, code }))
  })
  it.each(noAttacks.map((token, index) => [index + 1, token] as const))(
    'and number %d only resembles one',
    async (_number, token) => {
      expect((await verdictOf(token)).verdict.attacks).toEqual([])
    },
  )
})
