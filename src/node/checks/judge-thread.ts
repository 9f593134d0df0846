import type { CheckResult } from '@contract/sending/checks'
import type { Captured, Capturing } from '../../core/checks/capture.ts'
import type { Judging } from '../../core/checks/judge.ts'
import { createAskedThread, type Numbered } from '../threads/asked-thread.ts'

type Asked = { judging: Judging } | { capturing: Capturing }
export type JudgeAsked = Numbered<Asked>

/** Milliseconds that looking into one response may take. */
const patience = 2_000
/** Milliseconds after which a thread that no one asks anything ends. */
const idle = 20_000

/** Judges checks and captures values in a thread of its own (`script` is the built `judge-worker.ts`): patterns, paths
 *  and bodies come from outside, and none of them can hold anyone up. Nothing is answered where it takes too long; what
 *  waits behind that is answered with nothing as well. */
export function createJudgeThread(
  script: string,
  limits: { patience: number; idle: number } = { patience, idle },
): {
  judge: (judging: Judging) => Promise<CheckResult[] | undefined>
  capture: (capturing: Capturing) => Promise<Captured[] | undefined>
} {
  const ask: (asked: Asked) => Promise<unknown> = createAskedThread(script, limits)
  return {
    judge: async (judging) => (await ask({ judging })) as CheckResult[] | undefined,
    capture: async (capturing) => (await ask({ capturing })) as Captured[] | undefined,
  }
}
