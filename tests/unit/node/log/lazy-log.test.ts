import { expect, it } from 'vitest'
import { createLazyLog } from '../../../../src/node/log/lazy-log.ts'

it('is silent where there is no place for it: a rejection would be logged in its turn, without end', async () => {
  let asked = 0
  const log = createLazyLog(() => {
    asked += 1
    throw new Error("Failed to get 'logs' path")
  })
  log.write('error', 'start_failed')
  await log.flush()
  log.write('error', 'start_failed')
  await log.flush()
  log.flushNow()
  expect(asked).toBe(1)
})
