import { expect, it } from 'vitest'
import { carryOver } from '../../../../../src/core/vault/transfer/carry-over.ts'
import { createProfile, fill, openAll } from '../profile.ts'

/** A vault in trouble in which everything of the user lives in memory, and the same one opened again. */
const setUp = async () => {
  const profile = createProfile()
  await profile.open()
  const good = Buffer.from(profile.keyring.state.key)
  profile.keyring.state.key = Buffer.alloc(32)
  const from = await profile.open()
  expect(from.trouble?.code).toBe('keyring_changed')
  fill(profile, from)
  const texts = openAll(profile, from)
  profile.keyring.state.key = good
  return { ...profile, profile, from, texts, to: await profile.open() }
}

it('seals in the vault what was in memory only', async () => {
  const { profile, from, to, texts, parts, open } = await setUp()
  expect(new Set(Object.values(openAll(profile, to)))).toEqual(new Set(['secret_memory_only']))
  expect(carryOver(from, to, parts)).toBe(Object.keys(texts).length)
  expect(openAll(profile, to)).toEqual(texts)
  expect(openAll(profile, await open())).toEqual(texts)
})

it('leaves what is in the vault, or opens no more, as it is', async () => {
  const { from, to, texts, parts, rows } = await setUp()
  const [first, second] = rows.token_sets
  const [request] = rows.requests
  if (!first || !second || !request) throw new Error('no rows')
  const place = { userId: 'u1', table: 'requests', rowId: request.id, column: 'secrets' }
  const sealed = (request.sealedSecrets = to.box.seal(place, 'newer'))
  const moved = (first.sealedIdToken = second.sealedAccessToken)
  expect(carryOver(from, to, parts)).toBe(Object.keys(texts).length - 2)
  expect(request.sealedSecrets).toBe(sealed)
  expect(first.sealedIdToken).toBe(moved)
})

it('carries all or nothing', async () => {
  const { profile, from, to, texts, parts } = await setUp()
  const { replace } = parts.fields
  const fields = {
    replace: (...input: Parameters<typeof replace>) => {
      replace(...input)
      throw new Error('disk broke')
    },
  }
  expect(() => carryOver(from, to, { ...parts, fields })).toThrow('disk broke')
  expect(openAll(profile, from)).toEqual(texts)
})
