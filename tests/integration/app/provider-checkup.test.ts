import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench()
})
afterAll(() => bench.close())

it('measures the playground’s provider and copies the report', async () => {
  const connectionId = await connectPlayground(bench)
  const report = await bench.app.checkup.run({ connectionId })
  if (!report.ok) throw new Error(report.error.message)
  const grades = Object.fromEntries(report.value.items.map(({ id, grade }) => [id, grade]))
  expect(grades).toMatchObject({
    published: 'pass',
    https: 'weak',
    pkce: 'pass',
    iss: 'pass',
    par: 'pass',
    'public-clients': 'pass',
    'bound-tokens': 'pass',
    keys: 'pass',
    'key-size': 'pass',
    'key-secrecy': 'pass',
    registration: 'pass',
  })
  expect(report.value).toMatchObject({ issuer: bench.playground.issuer })
  expect(report.value.keysMissing).toBeUndefined()
  expect(await bench.app.checkup.copy({ connectionId })).toEqual({ ok: true, value: null })
  expect(bench.copied.at(-1)).toContain(`# Check-up of ${bench.playground.issuer}`)
})

it('says that a connection is gone', async () => {
  expect(await bench.app.checkup.run({ connectionId: 'gone' })).toMatchObject({
    ok: false,
    error: { code: 'connection_unknown' },
  })
})

it('uses what was stored where the provider is away, and says so', async () => {
  const connectionId = await connectPlayground(bench)
  await bench.playground.stop()
  const report = await bench.app.checkup.run({ connectionId })
  if (!report.ok) throw new Error(report.error.message)
  expect(report.value.metadataNote).toContain('stored copy')
  expect(report.value.keysMissing).toBeTruthy()
})
