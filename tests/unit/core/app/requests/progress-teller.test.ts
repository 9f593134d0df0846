import { expect, it } from 'vitest'
import { createProgressTeller } from '../../../../../src/core/app/requests/progress-teller.ts'
import { uploadRate } from '../../../../../src/renderer/src/features/requests/answer/upload/upload-rate.ts'

it('tells progress ten times a second at most, and the end always', () => {
  let now = 0
  const told: number[] = []
  const tell = createProgressTeller('s', { elapsed: () => now, progress: ({ sent }) => told.push(sent) })
  for (let sent = 1; sent <= 50; sent += 1) {
    tell(sent, 50)
    now += 10
  }
  expect(told).toEqual([1, 11, 21, 31, 41, 50])
})

it('says how fast a body goes once that can be told', () => {
  const upload = { sent: 3_000, total: 10_000, at: 2_000, from: { at: 1_000, sent: 1_000 } }
  expect(uploadRate({ ...upload, at: 1_100 })).toEqual({})
  expect(uploadRate(upload)).toEqual({ perSecond: 2_000, secondsLeft: 4 })
})
