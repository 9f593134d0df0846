import { defined } from '@contract/defined'
import type { LockReason, LockView, UserView } from '@contract/vault'
import { fail, ok, type Failure, type Result } from '@contract/result'
import type { Environment, User } from '../../records/model.ts'
import { expectedFailure } from '../../text/expected-failure.ts'
import { guardVault, rotateVaultKey, setVaultAside, type GuardParts } from '../../vault/guard/guard-vault.ts'
import { recoverSetAside } from '../../vault/box/recover-vault.ts'
import { createUser, deleteUser, renameUser, type UserRegistry } from '../../vault/guard/users.ts'
import type { OpenVault } from '../../vault/box/vault-parts.ts'
import type { Guard } from '../../vault/box/vault-keys.ts'
import type { Resealing } from '../connections/connection-proof.ts'
import { createGuardedUser } from './create-guarded-user.ts'
import { createKeptVaults } from './kept-vaults.ts'
import type { Session } from './session.ts'
import { createUserViews } from './user-view.ts'

interface Dependencies extends GuardParts {
  users: UserRegistry
  newId: () => string
  /** Stops what can be stopped, and lets what must not be torn (a refresh with rotation) end, before the keys
   *  are wiped. Nothing new is begun in the meantime: `isLocked` says so already. */
  beforeLock: () => Promise<void>
  /** Told of every lock, unlock and change of user. */
  notify: (lock: LockView) => void
}

interface Open {
  user: User
  environment: Environment
  vault: OpenVault
}

const lockedFailure: Failure = {
  code: 'vault_locked',
  message: 'Gatehouse is locked.',
  next: 'Unlock it, then try again.',
}

/** Who works with Gatehouse: opens and locks the vault, changes users. One user at a time. */
export function createSessions(deps: Dependencies) {
  const { guardOf, userView } = createUserViews(deps)
  let open: Open | undefined
  let user: User
  let reason: LockReason | undefined
  /** Locked as far as anyone outside can tell; what still runs may use the keys up to its end. */
  let closing = false
  let sessionId = deps.newId()
  let turn: Promise<unknown> = Promise.resolve()
  const entered: (() => void)[] = []
  const kept = createKeptVaults({ ...deps, guardOf })

  const isLocked = (): boolean => open === undefined || closing

  /** What changes sessions, guards or keys, one after another: each of them waits for something halfway. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = turn.then(work, work)
    turn = next.catch(() => undefined)
    return next
  }

  const view = (): LockView => ({
    session: sessionId,
    locked: isLocked(),
    ...defined({ reason: isLocked() && reason !== undefined ? reason : undefined }),
    user: { id: user.id, username: user.username },
    users: deps.users.list().map(userView),
    ...defined({
      setAside: deps.store.list(user.id).some(({ state }) => state === 'set-aside')
        ? (true as const)
        : undefined,
      trouble: open?.vault.trouble === undefined ? undefined : open.vault.trouble,
    }),
  })

  function told(): LockView {
    const now = view()
    deps.notify(now)
    return now
  }

  /** Ends the session that is open; its box is the caller's to lock or to keep. */
  async function shut(): Promise<void> {
    closing = true
    try {
      await deps.beforeLock()
    } finally {
      open = undefined
      closing = false
    }
  }

  async function enter(wanted: User, password?: string): Promise<Result<LockView>> {
    const opened = await kept.open(wanted.id, password)
    if (!opened.ok) return opened
    if (open?.user.id === wanted.id && opened.value.trouble && !open.vault.trouble) {
      // The keyring was closed meanwhile: the keys that are in hand are worth more.
      opened.value.box.lock()
      return ok(view())
    }
    if (open?.user.id === wanted.id && opened.value.trouble && open.vault !== opened.value) {
      // Still in trouble: the session goes on, with whatever older key opens by now.
      const { vault } = open
      kept.takeAlong(vault, opened.value)
      open = { ...open, vault: opened.value }
      return ok(told())
    }
    if (open !== undefined && open.vault !== opened.value) {
      const left = open
      await shut()
      if (left.user.id === wanted.id) {
        kept.takeAlong(left.vault, opened.value)
      } else if (left.vault.guard === undefined) kept.keep(left.vault)
      else left.vault.box.lock()
    }
    const environment = deps.users.environments(wanted.id)[0] ?? {
      id: deps.newId(),
      userId: wanted.id,
      name: 'local',
    }
    if (deps.users.environments(wanted.id).length === 0) deps.users.addEnvironment(environment)
    deps.users.noteUnlock(wanted.id, deps.clock.now())
    user = wanted
    reason = undefined
    sessionId = deps.newId()
    open = { user: wanted, environment, vault: opened.value }
    const now = told()
    for (const then of entered) then()
    return ok(now)
  }

  /** The user who was here last, or on the first start a new one without a password, so that nothing is
   *  between a newcomer and the first request. */
  async function start(): Promise<void> {
    const last = deps.users
      .list()
      .sort((a, b) => (b.lastUnlockAt ?? b.createdAt) - (a.lastUnlockAt ?? a.createdAt))[0]
    if (last) user = last
    else {
      const made = createUser(deps, 'default')
      if (!made.ok) throw expectedFailure(made.error)
      user = made.value
    }
    const entered = await enter(user)
    if (entered.ok) return
    reason = 'password'
    told()
  }

  function current(): Session {
    if (!open) throw expectedFailure(lockedFailure)
    return { user: open.user, environment: open.environment, box: open.vault.box }
  }

  function vault(): OpenVault {
    if (!open) throw expectedFailure(lockedFailure)
    return open.vault
  }

  return {
    start,
    current,
    guardParts: (): GuardParts => deps,
    user: (): string => user.id,
    isLocked,
    /** Names this session; another one after every lock, unlock and change of user. */
    id: () => sessionId,
    /** Calls back after each unlock and change of user. */
    onEntered: (then: () => void) => void entered.push(then),
    /** Calls back when a vault was opened again and what it kept in memory is taken along. */
    onCarried: kept.onCarried,
    /** As `current`, with all that the box can. */
    opened: (): Session & { box: OpenVault['box'] } => ({ ...current(), box: vault().box }),
    state: (): Result<LockView> => ok(view()),

    /** Wipes the keys. Without a password nothing would keep anyone out, so that is said instead; the
     *  automatic reasons then do nothing. */
    async lock(why: LockReason): Promise<Result<LockView>> {
      if (!open || closing) return ok(view())
      const { guard } = open.vault
      if (guard !== 'password' && guard !== 'both') {
        return fail(
          'lock_needs_password',
          'This vault has no password: anyone at this computer could unlock it again.',
          'Set a password in Settings, then lock.',
        )
      }
      // The page is cleared at once; the keys follow as soon as nothing is torn by it.
      closing = true
      const locked = deps.newId()
      sessionId = locked
      reason = why
      told()
      return inTurn(async () => {
        const left = open
        await shut()
        left?.vault.box.lock()
        // Someone was being let in at the same moment.
        if (sessionId !== locked) {
          sessionId = deps.newId()
          reason = why
          told()
        }
        return ok(view())
      })
    },

    async unlock(input: { userId: string; password?: string | undefined }): Promise<Result<LockView>> {
      const wanted = deps.users.list().find(({ id }) => id === input.userId)
      if (!wanted) return fail('user_unknown', 'This user no longer exists.', 'Choose another user.')
      return inTurn(() => enter(wanted, input.password))
    },

    retry: (): Promise<Result<LockView>> => inTurn(() => enter(user)),

    setAside: (): Promise<Result<LockView>> =>
      inTurn(async () => {
        const done = await setVaultAside(vault(), deps)
        return done.ok ? ok(told()) : done
      }),

    recover: ({ password }: { password?: string | undefined }) =>
      inTurn(async () => {
        const done = await recoverSetAside(vault(), deps, password === undefined ? {} : { password })
        if (done.ok) told()
        return done
      }),

    guard: (input: { guard: Guard; password?: string | undefined; newPassword?: string | undefined }) =>
      inTurn(async () => {
        const { guard, password, newPassword } = input
        const done = await guardVault(vault(), deps, {
          guard,
          ...defined({ password, newPassword }),
        })
        if (!done.ok) return done
        told()
        return ok({ protection: vault().box.protection() })
      }),

    rotate: ({ password }: { password?: string | undefined }) =>
      inTurn(() => rotateVaultKey(vault(), deps, password === undefined ? {} : { password })),

    async createUser(input: { username: string; password?: string | undefined }): Promise<Result<UserView>> {
      const made = await createGuardedUser(deps, input)
      if (!made.ok) return made
      told()
      return ok(userView(made.value))
    },

    rename({ id, username }: { id: string; username: string }): Result<LockView> {
      // Only who is in may rename himself; others prove themselves by unlocking first.
      if (open?.user.id !== id) return fail('user_not_open', 'Unlock this user first.', 'Switch to the user.')
      const renamed = renameUser(deps.users, id, username)
      if (!renamed.ok) return renamed
      const found = deps.users.list().find((each) => each.id === id)
      if (found) user = open.user = found
      return ok(told())
    },

    async removeUser(input: { id: string; username: string; password?: string | undefined }) {
      const { id, username, password } = input
      if (isLocked()) throw expectedFailure(lockedFailure)
      const removed = await deleteUser(deps, id, {
        username,
        ...defined({ password }),
      })
      if (!removed.ok) return removed
      kept.forget(id)
      if (user.id !== id) return ok(told())
      return inTurn(async () => {
        const left = open
        await shut()
        left?.vault.box.lock()
        await start()
        return ok(told())
      })
    },

    /** Runs writes in one transaction, with the sealed fields that belong to a connection of who is in. */
    resealing: (work: Parameters<Resealing>[0]): void =>
      deps.store.atomically(() => {
        work((connectionId, change) => deps.fields.replace(current().user.id, change, connectionId))
      }),

    /** Works in another of the user's environments from now on. */
    useEnvironment(environment: Environment): void {
      if (open?.user.id === environment.userId) open.environment = environment
    },

    /** Ends the session and wipes all keys, at the end of the program. */
    async close(): Promise<void> {
      const left = open
      await shut()
      left?.vault.box.lock()
      kept.close()
    },
  }
}

export type Sessions = ReturnType<typeof createSessions>
