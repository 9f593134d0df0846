import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHeavyThread } from '../../../src/node/sqlite/heavy-thread.ts'
import { temporaryFolder } from './temporary-database.ts'

/** A thread's program of these words. */
const scriptOf = (words: string): string => {
  const file = join(temporaryFolder(), 'script.mjs')
  writeFileSync(file, words)
  return file
}
const copy = (words: string) => createHeavyThread(scriptOf(words)).copy({ from: '/a', to: '/b' })

it('is asked what is to be done, and answers what came of it', async () => {
  const asked = await copy(
    `import { parentPort, workerData } from 'node:worker_threads'
     parentPort.postMessage({ ok: true, value: JSON.stringify(workerData) })`,
  )
  expect(asked).toEqual({ ok: true, value: '{"name":"copy","input":{"from":"/a","to":"/b"}}' })
})

it.each([
  ['throws', "throw Object.assign(new Error('no space'), { code: 'ENOSPC' })", 'disk_full'],
  ['ends without a word', 'process.exit(0)', 'database_failed'],
  ['cannot be read', 'import "./missing.mjs"', 'database_failed'],
])('a thread that %s is a failure with a reason', async (_, words, code) => {
  expect(await copy(words)).toMatchObject({ ok: false, error: { code, next: expect.any(String) } })
})
