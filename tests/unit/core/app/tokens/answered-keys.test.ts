import { expect, it } from 'vitest'
import { createAnsweredKeys } from '../../../../../src/core/app/tokens/answered-keys.ts'
import { ok } from '../../../../../src/core/contract/result.ts'
import type { Connection } from '../../../../../src/core/records/model.ts'

const connection = (id: string) =>
  ({ id, metadata: { issuer: 'https://id.example', jwks_uri: `https://id.example/${id}` } }) as Connection

function world() {
  const asked: string[] = []
  const keys = createAnsweredKeys(async (url) => {
    asked.push(url)
    return ok({ keys: [{ kty: 'RSA', kid: `answer ${asked.length}` }] as never, fetchedAt: 0, notes: [] })
  })
  return { keys, asked }
}

it('asks once, and takes the answer from then on', async () => {
  const { keys, asked } = world()
  expect(await keys.keysOf(connection('a'), 'k', false)).toMatchObject({ keysMissing: expect.any(String) })
  expect(await keys.keysOf(connection('a'), 'k', 'kept')).toMatchObject({ keysMissing: expect.any(String) })
  expect(asked).toEqual([])
  const [fetched, meanwhile] = await Promise.all([
    keys.keysOf(connection('a'), 'k', true),
    keys.keysOf(connection('a'), 'k', 'kept'),
  ])
  expect(fetched.keys).toEqual({ keys: [{ kty: 'RSA', kid: 'answer 1' }] })
  expect(meanwhile).toMatchObject({ keys: fetched.keys })
  expect(meanwhile.again).toBeUndefined()
  expect(await keys.keysOf(connection('b'), 'k', 'kept')).toMatchObject({ keysMissing: expect.any(String) })
  expect(asked).toEqual(['https://id.example/a'])
  await keys.keysOf(connection('a'), 'k', true)
  expect(asked).toHaveLength(2)
})

it('keeps twenty answers', async () => {
  const { keys, asked } = world()
  for (let at = 0; at <= 20; at += 1) await keys.keysOf(connection(String(at)), 'k', true)
  expect((await keys.keysOf(connection('0'), 'k', 'kept')).keys).toBeUndefined()
  expect((await keys.keysOf(connection('1'), 'k', 'kept')).keys).toBeDefined()
  expect(asked).toHaveLength(21)
})
