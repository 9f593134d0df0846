import { expect, it } from 'vitest'
import { rehearse } from '../../../src/node/net/rehearse.ts'

it('sends a message to its end without a network', async () => {
  await expect(rehearse()).resolves.toBeUndefined()
})
