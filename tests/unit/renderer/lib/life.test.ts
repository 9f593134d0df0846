import { describe, expect, it } from 'vitest'
import { leftInWords, leftShort, lifeState } from '../../../../src/renderer/src/lib/life.ts'

const start = 1_000_000_000
const life = { issuedAt: start, expiresAt: start + 900_000 }

describe('lifeState', () => {
  it('expires evenly between issue and expiry', () => {
    expect(lifeState(life, start + 225_000)).toMatchObject({ tone: 'ok', fraction: 0.75, left: 675_000 })
  })
  it('warns in the last quarter and in the last minute', () => {
    expect(lifeState(life, start + 675_000).tone).toBe('warn')
    expect(lifeState({ issuedAt: start, expiresAt: start + 60_000 }, start + 1000).tone).toBe('warn')
  })
  it('is over at the very moment of expiry', () => {
    expect(lifeState(life, start + 900_000)).toMatchObject({ tone: 'bad', fraction: 0, left: 0 })
  })
  it('does not invent an expiry', () => {
    expect(lifeState({ issuedAt: start }, start)).toEqual({ tone: 'unknown', fraction: 1, early: false })
  })
  it('survives an expiry before the issue', () => {
    expect(lifeState({ issuedAt: start + 10, expiresAt: start + 5 }, start).fraction).toBe(1)
  })
})

describe('words', () => {
  it('for lists', () => {
    expect(leftInWords(life, start + 252_000)).toBe('10:48 left')
    expect(leftInWords({ expiresAt: start + 7_300_000 }, start)).toBe('2 h left')
    expect(leftInWords(life, start + 900_000 + 3 * 3_600_000)).toBe('expired 3 h ago')
    expect(leftInWords({}, start)).toBe('no stated expiry')
    expect(leftInWords({ ...life, notBefore: start + 5000 }, start)).toBe('not valid yet')
  })
  it('for the status bar', () => {
    expect(leftShort(life, start)).toBe('15:00')
    expect(leftShort(life, start + 900_001)).toBe('expired')
    const revoked = { ...life, revokedAt: start + 1 }
    expect(lifeState(revoked, start + 2)).toMatchObject({ tone: 'bad', fraction: 0, revoked: true })
    expect([leftShort(revoked, start + 2), leftInWords(revoked, start + 2)]).toEqual(['revoked', 'revoked'])
    expect(leftShort({ expiresAt: start + 2 * 86_400_000 }, start)).toBe('2 d')
  })
})
