import { randomUUID } from 'node:crypto'
import { hashPassword, verifyPassword } from '../passwords.ts'
import type { PlaygroundDatabase } from './database.ts'

export type PlaygroundUser = {
  id: string
  username: string
  name: string
  givenName: string
  familyName: string
  email: string
  emailVerified: boolean
  roles: string[]
  /** Further claims, given with the scope profile. */
  claims: Record<string, unknown>
  /** Seconds since 1970. */
  updatedAt: number
}

/** What a user shall be; `password` or `passwordHash`. */
export type WantedUser = {
  username: string
  sub?: string | undefined
  password?: string | undefined
  passwordHash?: string | undefined
  name?: string | undefined
  givenName?: string | undefined
  familyName?: string | undefined
  email?: string | undefined
  emailVerified?: boolean
  roles?: readonly string[]
  claims?: Record<string, unknown>
}

export type UserStore = {
  list: () => PlaygroundUser[]
  findById: (id: string) => PlaygroundUser | undefined
  authenticate: (username: string, password: string) => Promise<PlaygroundUser | undefined>
  /** Makes or replaces a user; his id stays. */
  put: (user: WantedUser) => Promise<PlaygroundUser>
  remove: (username: string) => boolean
  /** As the start wants them; users of the admin API go. */
  reset: () => void
  /** Hashes the passwords that the start did not wait for. */
  settle: () => Promise<void>
}

/** The users every Playground on loopback starts with, their passwords shown on its sign-in page. */
export const wellKnownUsers = [
  {
    username: 'alice',
    password: 'alice-password',
    givenName: 'Alice',
    familyName: 'Archer',
    roles: ['customer'],
  },
  {
    username: 'bob',
    password: 'bob-password',
    givenName: 'Bob',
    familyName: 'Baker',
    roles: ['customer', 'admin'],
  },
] as const

type Row = {
  id: string
  username: string
  password_hash: string
  name: string
  given_name: string
  family_name: string
  email: string
  email_verified: number
  roles: string
  claims: string
  updated_at: number
}

/** The Playground's users: those that the start wants, and those that the admin API made. */
export function openUserStore(
  database: PlaygroundDatabase,
  wanted: readonly WantedUser[],
  mark: (text: string) => Buffer,
): UserStore {
  const all = database.prepare('SELECT * FROM users ORDER BY username')
  const byId = database.prepare('SELECT * FROM users WHERE id = ?')
  const byName = database.prepare('SELECT * FROM users WHERE username = ?')
  const markOf = database.prepare('SELECT password_mark FROM users WHERE username = ?')
  const remove = database.prepare('DELETE FROM users WHERE username = ?')
  const upsert = database.prepare(`
    INSERT INTO users (id, username, password_hash, name, given_name, family_name, email, email_verified, roles, claims,
      updated_at, origin, password_mark)
    VALUES (@id, @username, @hash, @name, @givenName, @familyName, @email, @emailVerified, @roles, @claims,
      @updatedAt, @origin, @mark)
    ON CONFLICT (username) DO UPDATE SET id = excluded.id, password_hash = excluded.password_hash,
      name = excluded.name, given_name = excluded.given_name, family_name = excluded.family_name,
      email = excluded.email, email_verified = excluded.email_verified, roles = excluded.roles,
      claims = excluded.claims, updated_at = excluded.updated_at, origin = excluded.origin,
      password_mark = excluded.password_mark`)
  let anyHash: Promise<string> | undefined

  /** Users of the start whose passwords are still to be hashed, by folded name. */
  const late = new Map<string, WantedUser>()
  const hashing = new Map<string, Promise<void>>()

  /** Without a hash no one can sign in as this user, and the next start hashes the password again. */
  function write(user: WantedUser, origin: 'start' | 'admin', hash: string | undefined): void {
    const { username, givenName = username, familyName = '' } = user
    const before = byName.get(username) as Row | undefined
    upsert.run({
      id: user.sub ?? before?.id ?? randomUUID(),
      username,
      hash: hash ?? '',
      name: user.name ?? `${givenName} ${familyName}`.trim(),
      givenName,
      familyName,
      email: user.email ?? `${username}@playground.example`,
      emailVerified: user.emailVerified === false ? 0 : 1,
      roles: (user.roles ?? []).join(' '),
      claims: JSON.stringify(user.claims ?? {}),
      updatedAt: Math.floor(Date.now() / 1000),
      origin,
      mark: origin === 'start' && hash !== undefined ? mark(JSON.stringify(user)) : null,
    })
  }

  const hashOf = (user: WantedUser): Promise<string> => hashPassword(user.password ?? randomUUID())

  async function hashLate(name: string): Promise<void> {
    const user = late.get(name)
    if (user === undefined) return
    const hash = await hashOf(user)
    if (late.get(name) !== user) return
    write(user, 'start', hash)
    late.delete(name)
  }

  /** Hashes the password of a user of the start, once, if that is still to be done. */
  async function ready(username: string): Promise<void> {
    const name = username.toLowerCase()
    const running = hashing.get(name) ?? hashLate(name).finally(() => hashing.delete(name))
    if (late.has(name)) hashing.set(name, running)
    await running
  }

  function follow(): void {
    const names = new Set(wanted.map(({ username }) => username.toLowerCase()))
    const kept = database.prepare("SELECT username FROM users WHERE origin = 'start'").all() as Row[]
    for (const { username } of kept) if (!names.has(username.toLowerCase())) remove.run(username)
    for (const user of wanted) {
      const row = markOf.get(user.username) as { password_mark: Uint8Array | null } | undefined
      // Hashing costs time: only what changed since the last start is hashed again, and the start does not wait for it.
      const isSame = row?.password_mark && mark(JSON.stringify(user)).equals(row.password_mark)
      if (isSame) continue
      write(user, 'start', user.passwordHash)
      if (user.passwordHash === undefined) late.set(user.username.toLowerCase(), user)
    }
  }
  follow()

  return {
    list: () => (all.all() as Row[]).map(toUser),
    findById: (id) => {
      const row = byId.get(id) as Row | undefined
      return row && toUser(row)
    },
    authenticate: async (username, password) => {
      await ready(username)
      const row = byName.get(username) as Row | undefined
      // An unknown name costs as much time as a wrong password, so that names cannot be told by the clock.
      const right = await verifyPassword(
        password,
        row?.password_hash ?? (await (anyHash ??= hashPassword('-'))),
      )
      return row && right ? toUser(row) : undefined
    },
    put: async (user) => {
      const hash = user.passwordHash ?? (await hashOf(user))
      late.delete(user.username.toLowerCase())
      write(user, 'admin', hash)
      return toUser(byName.get(user.username) as Row)
    },
    remove: (username) => {
      late.delete(username.toLowerCase())
      return remove.run(username).changes > 0
    },
    reset: () => {
      database.exec("DELETE FROM users WHERE origin = 'admin'")
      follow()
    },
    settle: async () => {
      for (const name of [...late.keys()]) await ready(name)
    },
  }
}

function toUser(row: Row): PlaygroundUser {
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    givenName: row.given_name,
    familyName: row.family_name,
    email: row.email,
    emailVerified: row.email_verified === 1,
    roles: row.roles.split(' ').filter(Boolean),
    claims: JSON.parse(row.claims) as Record<string, unknown>,
    updatedAt: row.updated_at,
  }
}
