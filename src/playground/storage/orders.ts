import { randomUUID } from 'node:crypto'
import type { PlaygroundDatabase } from './database.ts'
import type { PlaygroundUser } from './users.ts'

type Order = {
  id: string
  item: string
  quantity: number
  note: string | null
  status: 'open' | 'shipped'
  /** RFC 3339. */
  createdAt: string
}

export type NewOrder = { item: string; quantity: number; note?: string }

export type OrderStore = {
  /** Newest first; `after` is the id of the last order of the page before. Undefined when `after` is unknown. */
  page: (owner: string, limit: number, after?: string) => { orders: Order[]; next: string | null } | undefined
  find: (owner: string, id: string) => Order | undefined
  create: (owner: string, order: NewOrder) => Order
  /** As at the first start. */
  reset: () => void
}

type Row = {
  sequence: number
  id: string
  item: string
  quantity: number
  note: string | null
  status: string
  created_at: number
}

/** The orders behind the protected API; each owner (a user's or client's id) sees only his own. */
export function openOrderStore(database: PlaygroundDatabase, users: readonly PlaygroundUser[]): OrderStore {
  const insert = database.prepare(
    `INSERT INTO orders (id, owner, item, quantity, note, status, created_at)
     VALUES (@id, @owner, @item, @quantity, @note, @status, @createdAt)`,
  )
  const one = database.prepare('SELECT * FROM orders WHERE owner = ? AND id = ?')
  const before = database.prepare(
    'SELECT * FROM orders WHERE owner = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?',
  )

  function seed() {
    database.transaction(() => {
      for (const user of users) {
        const seeds = seedOrders[user.username] ?? []
        seeds.forEach(({ shipped, ...order }, index) =>
          insert.run({
            ...order,
            id: randomUUID(),
            owner: user.id,
            status: shipped ? 'shipped' : 'open',
            createdAt: Date.now() - (seeds.length - index) * 86_400_000,
          }),
        )
      }
    })
  }
  const { count } = database.prepare('SELECT count(*) AS count FROM orders').get() as { count: number }
  if (count === 0) seed()

  return {
    reset: () => {
      database.exec('DELETE FROM orders')
      seed()
    },
    page: (owner, limit, after) => {
      let sequence = Number.MAX_SAFE_INTEGER
      if (after !== undefined) {
        const last = one.get(owner, after) as Row | undefined
        if (!last) return undefined
        sequence = last.sequence
      }
      const rows = before.all(owner, sequence, limit + 1) as Row[]
      const orders = rows.slice(0, limit).map(toOrder)
      return { orders, next: rows.length > limit ? (orders.at(-1)?.id ?? null) : null }
    },
    find: (owner, id) => {
      const row = one.get(owner, id) as Row | undefined
      return row && toOrder(row)
    },
    create: (owner, order) => {
      const id = randomUUID()
      insert.run({ ...order, note: order.note ?? null, id, owner, status: 'open', createdAt: Date.now() })
      return toOrder(one.get(owner, id) as Row)
    },
  }
}

const seedOrders: Record<
  string,
  { item: string; quantity: number; note: string | null; shipped: boolean }[]
> = {
  alice: [
    { item: 'Desk lamp', quantity: 1, note: null, shipped: true },
    { item: 'Notebook, dotted', quantity: 3, note: null, shipped: true },
    { item: 'Fountain pen ink, blue', quantity: 2, note: 'Leave it with the neighbour', shipped: true },
    { item: 'Mechanical keyboard', quantity: 1, note: null, shipped: false },
    { item: 'Coffee beans, 1 kg', quantity: 2, note: null, shipped: false },
  ],
  bob: [
    { item: 'Network cable, 5 m', quantity: 10, note: null, shipped: true },
    { item: 'Hardware security key', quantity: 2, note: 'Invoice to accounting', shipped: true },
    { item: 'Label printer', quantity: 1, note: null, shipped: false },
  ],
}

function toOrder(row: Row): Order {
  return {
    id: row.id,
    item: row.item,
    quantity: row.quantity,
    note: row.note,
    status: row.status === 'shipped' ? 'shipped' : 'open',
    createdAt: new Date(row.created_at).toISOString(),
  }
}
