import { defined } from '@contract/defined'
import type { BackupsView, BackupView, CheckView } from '@contract/backups'
import { fail, ok, type Failure, type Result } from '@contract/result'
import type { Clock } from '../../records/ports.ts'
import type { DatabaseCopies } from '../../vault/transfer/database-copies.ts'

/** How long after the first picture the database is looked at and, where due, copied; milliseconds. */
export const careAfter = 3_000
/** How often it is asked whether a copy is due while Gatehouse runs, in milliseconds. */
export const careEvery = 60 * 60_000

interface Dependencies {
  clock: Clock
  copies: DatabaseCopies
  /** Who is in; no one while locked. */
  whoIsIn: () => string | undefined
  /** Whether someone who knows this may restore while locked. */
  prove: (input: { name: string; password?: string | undefined }) => Promise<Result<null>>
  /** Ends the session, puts the copy in the database's place and starts again. */
  replaceDatabase: (name: string) => Promise<Result<{ kept: string | null }>>
  /** Notes in the database what lies beside it and belongs into its copies. */
  noteFiles: () => Promise<void>
  after: (milliseconds: number, then: () => void) => () => void
  every: (milliseconds: number, then: () => void) => () => void
  /** Told of damage, or of a backup that could not be made. */
  damaged: (failure: Failure) => void
}

/** Backups of the database and its check. Codes: `backup_unknown`, `backup_less_guarded`, those of `proveForRestore`, `disk_full`, `database_*`. */
export function createBackups(deps: Dependencies) {
  let lastCheck: CheckView | undefined
  let making: Promise<unknown> = Promise.resolve()

  /** One at a time: two copies would write the same file. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = making.then(work, work)
    making = next.catch(() => undefined)
    return next
  }

  const noted = (full: boolean, problems: string[]): CheckView =>
    (lastCheck = { full, at: deps.clock.now(), problems })

  /** Takes the history out of the copies that earlier versions made. */
  async function stripHistory(): Promise<void> {
    const stripped = await deps.copies.stripHistory()
    if (!stripped.ok) deps.damaged(stripped.error)
  }

  /** Copies a sound database only: the copies of a damaged one would push out those that are good. */
  async function backUpWhenDue(): Promise<void> {
    const found = await deps.copies.checkFast()
    noted(false, found.ok ? [] : [found.error.message])
    if (found.ok) await deps.noteFiles()
    const made = found.ok ? await deps.copies.makeWhenDue(deps.clock.now()) : found
    if (!made.ok) deps.damaged(made.error)
    await stripHistory()
  }

  const calledOff = [
    deps.after(careAfter, () => void inTurn(backUpWhenDue)),
    deps.every(careEvery, () => void inTurn(backUpWhenDue)),
  ]

  const view = (): BackupsView => ({
    backups: deps.copies.list(),
    ...defined({ lastCheck }),
  })

  return {
    view,
    list: (): Result<BackupsView> => ok(view()),
    make: (): Promise<Result<BackupView>> =>
      inTurn(async () => {
        await deps.noteFiles()
        const made = await deps.copies.make(deps.clock.now())
        await stripHistory()
        return made
      }),
    async restore(input: {
      name: string
      password?: string | undefined
    }): Promise<Result<{ kept: string | null }>> {
      const { name } = input
      if (!deps.copies.list().some((copy) => copy.name === name))
        return fail('backup_unknown', 'This backup no longer exists.', 'Choose another one.')
      // The lock screen must not be a way around the password that it asks for.
      if (deps.copies.withoutPasswordIn(name).some((userId) => userId !== deps.whoIsIn())) {
        return fail(
          'backup_less_guarded',
          'This backup is from before a password was set: it would open without one.',
          'Unlock with the password first, or choose a newer one.',
        )
      }
      if (deps.whoIsIn() === undefined) {
        const proved = await deps.prove(input)
        if (!proved.ok) return proved
      }
      // What is kept of the database as it is now has them too.
      await inTurn(deps.noteFiles)
      return deps.replaceDatabase(name)
    },
    async check({ full }: { full: boolean }): Promise<Result<CheckView>> {
      if (full) {
        const found = await deps.copies.checkFull()
        return found.ok ? ok(noted(true, found.value)) : found
      }
      const found = await deps.copies.checkFast()
      return ok(noted(false, found.ok ? [] : [found.error.message]))
    },
    stripHistory: (): Promise<void> => inTurn(stripHistory),
    /** Waits for a copy that is being made. */
    settle: async (): Promise<void> => {
      await making
    },
    /** As `settle`; starts no other. */
    async close(): Promise<void> {
      for (const callOff of calledOff) callOff()
      await making
    },
  }
}
