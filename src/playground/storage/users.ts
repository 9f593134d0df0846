import { randomUUID } from 'node:crypto'
import { hashPassword, verifyPassword } from '../passwords.ts'
import type { PlaygroundDatabase } from './open.ts'

export type PlaygroundUser = {
  id: string
  username: string
  name: string
  givenName: string
  familyName: string
  email: string
  roles: string[]
  /** Seconds since 1970. */
  updatedAt: number
}

export type UserStore = {
  list: () => PlaygroundUser[]
  findById: (id: string) => PlaygroundUser | undefined
  authenticate: (username: string, password: string) => Promise<PlaygroundUser | undefined>
}

/** The users every Playground starts with, their passwords shown on its sign-in page. */
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
  roles: string
  updated_at: number
}

/** The Playground's users; alice and bob are there from the first start. */
export async function openUserStore(database: PlaygroundDatabase): Promise<UserStore> {
  const count = database.prepare('SELECT count(*) FROM users').pluck().get() as number
  if (count === 0) await addWellKnownUsers(database)
  const all = database.prepare('SELECT * FROM users ORDER BY username')
  const byId = database.prepare('SELECT * FROM users WHERE id = ?')
  const byName = database.prepare('SELECT * FROM users WHERE username = ?')
  const anyHash = database.prepare('SELECT password_hash FROM users LIMIT 1').pluck()
  return {
    list: () => (all.all() as Row[]).map(toUser),
    findById: (id) => {
      const row = byId.get(id) as Row | undefined
      return row && toUser(row)
    },
    authenticate: async (username, password) => {
      const row = byName.get(username) as Row | undefined
      // An unknown name costs as much time as a wrong password, so that names cannot be told by the clock.
      const right = await verifyPassword(password, row?.password_hash ?? (anyHash.get() as string))
      return row && right ? toUser(row) : undefined
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
    roles: row.roles.split(' '),
    updatedAt: row.updated_at,
  }
}

async function addWellKnownUsers(database: PlaygroundDatabase): Promise<void> {
  const insert = database.prepare(
    'INSERT INTO users VALUES (@id, @username, @hash, @name, @givenName, @familyName, @email, @roles, @updatedAt)',
  )
  const rows = await Promise.all(
    wellKnownUsers.map(async ({ username, password, givenName, familyName, roles }) => ({
      id: randomUUID(),
      username,
      hash: await hashPassword(password),
      name: `${givenName} ${familyName}`,
      givenName,
      familyName,
      email: `${username}@playground.example`,
      roles: roles.join(' '),
      updatedAt: Math.floor(Date.now() / 1000),
    })),
  )
  database.transaction(() => rows.forEach((row) => insert.run(row)))()
}
