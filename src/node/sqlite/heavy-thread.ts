import { Worker } from 'node:worker_threads'
import type { Failure, Result } from '@contract/result'
import { storageFailure, storageFailures, StorageError } from './failure.ts'

/** What reads or writes a whole database: seconds where that is large. It knows files alone, so that it can be done in
 *  another thread. */
export interface HeavyWork {
  /** Copies a database that stays in use, checks the copy and returns its SHA-256. */
  copy(input: { from: string; to: string }): Promise<Result<string>>
  checkFast(input: { file: string }): Promise<Result<null>>
  checkFull(input: { file: string }): Promise<Result<string[]>>
  /** Takes the history that earlier versions put into copies in plain out of them. */
  stripHistory(input: { files: string[] }): Promise<Result<null>>
  restore(input: { file: string; backup: string; now: number }): Promise<Result<{ kept: string | null }>>
  /** Ends a restore that was cut short and updates the format, with a copy kept before; answers what was found wrong. No one
   *  else may have the database open. */
  update(input: { file: string }): Promise<Result<Failure | null>>
}

/** What the thread is asked. */
export type HeavyAsked = {
  [Name in keyof HeavyWork]: { name: Name; input: Parameters<HeavyWork[Name]>[0] }
}[keyof HeavyWork]

/** The same work, each piece in a thread of its own (`script` is the built `heavy-worker.ts`), so that whoever waits for
 *  something else need not wait for it. */
export function createHeavyThread(script: string): HeavyWork {
  return {
    copy: (input) => run(script, { name: 'copy', input }, input.to),
    checkFast: (input) => run(script, { name: 'checkFast', input }, input.file),
    checkFull: (input) => run(script, { name: 'checkFull', input }, input.file),
    stripHistory: (input) => run(script, { name: 'stripHistory', input }, input.files[0] ?? ''),
    restore: (input) => run(script, { name: 'restore', input }, input.backup),
    update: (input) => run(script, { name: 'update', input }, input.file),
  }
}

/** A thread that ends without a response is a failure like any other of the disk: nothing of its work counts. */
function run<Name extends keyof HeavyWork>(
  script: string,
  asked: Extract<HeavyAsked, { name: Name }>,
  file: string,
): ReturnType<HeavyWork[Name]> {
  const answer = new Promise((resolve) => {
    const thread = new Worker(script, { workerData: asked })
    const failed = (error: unknown): void => resolve({ ok: false, error: storageFailure(error, file) })
    thread.once('message', resolve)
    thread.once('error', failed)
    thread.once('exit', (code) =>
      failed(new StorageError(storageFailures.unusable(file, `its thread ended with code ${code}`))),
    )
  })
  return answer as ReturnType<HeavyWork[Name]>
}
