import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Judging } from '../../../src/core/checks/judge.ts'
import { createJudgeThread } from '../../../src/node/checks/judge-thread.ts'
import { judgeWork } from '../../../src/node/checks/judge-work.ts'
import { temporaryFolder } from '../sqlite/temporary-database.ts'

const scriptOf = (words: string): string => {
  const file = join(temporaryFolder(), 'script.mjs')
  writeFileSync(file, `import { parentPort } from 'node:worker_threads'\n${words}`)
  return file
}
const answering = `parentPort.on('message', ({ number, judging }) => {
  if (judging.checks[0].value === 'forever') for (;;);
  if (judging.checks[0].value === 'broken') throw new Error('broken')
  parentPort.postMessage({ number, found: judging.checks })
})`
const judging = (value: string): Judging => ({
  checks: [{ expression: 'res.body', operator: 'matches', value, enabled: true }],
  answer: { status: 200, statusText: '', url: '', headers: [], time: 0 },
  body: { bytes: new TextEncoder().encode('{"a":[1,2]}'), contentType: 'application/json' },
})

it('answers each with what is its own', async () => {
  const { judge } = createJudgeThread(scriptOf(answering))
  const all = await Promise.all(['a', 'b', 'c'].map((value) => judge(judging(value))))
  expect(all.map((results) => results?.[0])).toMatchObject([{ value: 'a' }, { value: 'b' }, { value: 'c' }])
})

it('ends what takes too long, with nothing, and begins anew', async () => {
  const { judge } = createJudgeThread(scriptOf(answering), { patience: 300, idle: 1_000 })
  expect(await judge(judging('forever'))).toBeUndefined()
  expect(await judge(judging('broken'))).toBeUndefined()
  // A thread takes a while to start on a busy computer.
  let again = await judge(judging('a'))
  for (let turn = 0; again === undefined && turn < 20; turn += 1) again = await judge(judging('a'))
  expect(again).toMatchObject([{ value: 'a' }])
})

it('reads a body, and a path in it', async () => {
  const checks = [
    { expression: '$.a[1]', operator: 'eq', value: '2', enabled: true },
    { expression: 'res.body.a', operator: 'length', value: '2', enabled: true },
  ]
  expect(await judgeWork({ ...judging(''), checks })).toMatchObject([
    { outcome: 'passed', actual: '2' },
    { outcome: 'passed' },
  ])
})
