import { ArrowRight } from 'lucide-react'
import type { RequestBody } from '@contract/requests.ts'
import { useDirectory, useTabs } from '../../lib/workspace.ts'
import { Method } from '../../ui/tag.tsx'
import css from './playground.module.css'

interface Exercise {
  name: string
  method: string
  path: string
  says: string
  body?: RequestBody
  /** Calls without a token on purpose. */
  asNobody?: boolean
}

const order = JSON.stringify({ item: 'Desk lamp', quantity: 2 }, null, 2)

const exercises: readonly Exercise[] = [
  { name: 'List orders', method: 'GET', path: '/orders', says: 'The caller’s own orders.' },
  {
    name: 'Create an order',
    method: 'POST',
    path: '/orders',
    says: 'Needs the scope orders:write.',
    body: { kind: 'json', text: order },
  },
  {
    name: 'Orders without a token',
    method: 'GET',
    path: '/orders',
    says: 'Without a token: a 401, and why.',
    asNobody: true,
  },
  { name: 'List users', method: 'GET', path: '/admin/users', says: 'For admins: a 403 for alice, and why.' },
]

/** Requests that are ready to be looked at and sent. */
export function Exercises({ api }: { api: string }) {
  const open = useTabs((state) => state.open)
  const caller = useDirectory((state) => {
    const own = state.connections.find(({ isPlayground }) => isPlayground)?.id
    return state.accounts.find(({ connectionId }) => connectionId === own)?.id ?? null
  })
  function show({ name, method, path, body, asNobody }: Exercise): void {
    const accountId = asNobody ? null : caller
    const url = api.replace(/\/$/, '') + path
    const draft = {
      method,
      url,
      query: [],
      headers: [],
      body: body ?? ({ kind: 'none' } as const),
      accountId,
    }
    open(
      { kind: 'request', seed: { from: 'draft', name, draft, send: false } },
      { title: name, method, accountId },
    )
  }
  return (
    <section>
      <h2>Things to try</h2>
      <ul className={css.exercises}>
        {exercises.map((exercise) => (
          <li key={exercise.name}>
            <button type="button" className={css.exercise} onClick={() => show(exercise)}>
              <span className={css.method}>
                <Method method={exercise.method} />
              </span>
              <span className="mono">{exercise.path}</span>
              <span className="grow note">{exercise.says}</span>
              <ArrowRight aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      {caller === null && (
        <p className="faint">
          No one is signed in to the playground yet. Sign in first to send these with a token.
        </p>
      )}
    </section>
  )
}
