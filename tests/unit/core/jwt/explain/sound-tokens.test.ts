import { describe, expect, it } from 'vitest'
import { inspectToken } from '../../../../../src/core/jwt/explain/inspect-token.ts'
import { encode, makeSigner } from '../sample.ts'
import { moreSoundTokens } from './more-sound-tokens.ts'
import { judgedAt, soundTokens, type SoundToken } from './sound-tokens.ts'

/** A proof is checked with the key in it, and so has to be signed; the others have no key at hand. */
async function textOf({ kind, header, claims }: SoundToken): Promise<string> {
  if (kind !== 'dpop')
    return `${encode(header)}.${encode(claims)}.${encode('s'.repeat(header.alg === 'ES384' ? 96 : 64))}`
  const signer = await makeSigner()
  const { kty, crv, x, y } = signer.jwk
  return (await signer.sign(claims, { typ: 'dpop+jwt', jwk: { kty, crv, x, y } })).text
}

describe('sound tokens of 12 kinds and 14 vendors', () => {
  it.each(soundTokens.map((each) => [`${each.from}: ${each.kind}`, each] as const))(
    '%s is recognized, without a fault',
    async (_name, sound) => {
      const view = await inspectToken(await textOf(sound), { now: judgedAt })
      if (view.format !== 'jwt') throw new Error(JSON.stringify(view))
      expect(view.checks.filter(({ state }) => state === 'invalid')).toEqual([])
      expect(view.kind?.id).toBe(sound.kind)
      expect(view.verdict.state).toBe(sound.kind === 'dpop' ? 'holds' : 'not_checked')
      expect(view.verdict.attacks).toEqual([])
      const sentences = [...view.claims, ...view.header].map(({ says }) => says)
      for (const says of sentences) expect(says).not.toMatch(/interpreted|undefined|\[object/)
    },
  )
  it('are enough', () => {
    expect(soundTokens.length).toBeGreaterThanOrEqual(60)
    expect(new Set(soundTokens.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(12)
  })
})

describe('further sound tokens', () => {
  it.each(moreSoundTokens)('of %s: %s, without a fault', async (_from, kind, header, claims) => {
    const text = `${encode(header)}.${encode(claims)}.${encode('s'.repeat(64))}`
    const view = await inspectToken(text, { now: judgedAt })
    if (view.format !== 'jwt') throw new Error(JSON.stringify(view))
    expect(view.checks.filter(({ state }) => state === 'invalid')).toEqual([])
    expect(view.kind?.id).toBe(kind)
    expect(view.verdict).toMatchObject({ state: 'not_checked', attacks: [] })
  })
})
