import { expect, it, vi } from 'vitest'
import { openWorkbench } from '../../support/workbench.ts'

it('sends a request to no one before the first one is waited for, and writes nothing of it down', async () => {
  const [send, changed] = [vi.fn(), vi.fn()]
  const bench = await openWorkbench({ overrides: { net: { send }, notices: { changed } } })
  changed.mockClear()
  const rehearsed = await bench.app.warmRequests()
  expect(rehearsed).toMatchObject({
    ok: true,
    value: {
      ...{ method: 'GET', status: 200, response: { contentType: 'application/json' } },
      checks: [{ outcome: 'passed' }],
    },
  })
  expect(bench.app.history.list({ limit: 10 })).toMatchObject({ ok: true, value: [] })
  expect(send).not.toHaveBeenCalled()
  expect(changed).not.toHaveBeenCalled()
  await bench.close()
}, 30_000)
