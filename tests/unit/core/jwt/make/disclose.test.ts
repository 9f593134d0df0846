import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { disclose } from '../../../../../src/core/jwt/make/disclose.ts'

const claims = { sub: 'alice', mail: 'ä@example.org', list: [1, 2], gone: undefined }

it('claims become digests, each with a salt of its own', async () => {
  const lengths: number[] = []
  const random = (length: number) => {
    lengths.push(length)
    return new Uint8Array(length).fill(lengths.length)
  }
  const made = await disclose(claims, ['mail', 'list', 'none', 'gone'], random)
  expect(lengths).toEqual([16, 16])
  const read = made.disclosures.map(
    (each) => JSON.parse(Buffer.from(each, 'base64url').toString()) as unknown,
  )
  const salt = (fill: number) => Buffer.alloc(16, fill).toString('base64url')
  expect(read).toEqual([
    [salt(1), 'mail', 'ä@example.org'],
    [salt(2), 'list', [1, 2]],
  ])
  const digests = made.disclosures.map((each) => createHash('sha256').update(each).digest('base64url'))
  expect(made.claims).toEqual({ sub: 'alice', gone: undefined, _sd: digests.toSorted(), _sd_alg: 'sha-256' })
})

it('the order of the digests tells nothing of the claims', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  const all = Object.fromEntries(names.map((name) => [name, name]))
  const { claims: made, disclosures } = await disclose(all, names, (length) => new Uint8Array(length))
  const digests = disclosures.map((each) => createHash('sha256').update(each).digest('base64url'))
  expect(digests).not.toEqual(digests.toSorted())
  expect(made['_sd']).toEqual(digests.toSorted())
})
