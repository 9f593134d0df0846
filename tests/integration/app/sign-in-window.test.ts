import { expect, it, onTestFinished } from 'vitest'
import type { SignInWindow } from '../../../src/core/records/ports.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { connectPlayground, openWorkbench } from '../../support/workbench.ts'

type Opened = { what: Parameters<SignInWindow['open']>[0]; notify: Parameters<SignInWindow['open']>[1] }

const start = async () => {
  const windows: (Opened & { closed: boolean })[] = []
  const bench = await openWorkbench({
    overrides: {
      desk: {
        signInWindow: {
          open: (what, notify) => {
            const made = { what, notify, closed: false }
            windows.push(made)
            return { focus: () => undefined, close: () => void (made.closed = true) }
          },
        },
      },
    },
  })
  onTestFinished(bench.close)
  const connectionId = await connectPlayground(bench)
  const listed = bench.app.first.connections()
  const known = listed.ok ? listed.value.find(({ id }) => id === connectionId) : undefined
  if (!known) throw new Error('the playground has no connection')
  const saved = await bench.app.connections.save({
    id: known.id,
    name: known.name,
    provider: { issuer: known.provider.issuer },
    clientId: known.clientId,
    clientAuthentication: known.clientAuthentication,
    scope: known.scope,
    resource: known.resource,
    redirectKind: 'window',
    allowInsecure: false,
  })
  if (!saved.ok) throw new Error(saved.error.message)
  const begun = await bench.app.signIn.start({ connectionId })
  if (!begun.ok) throw new Error(begun.error.message)
  const [shown] = windows
  if (!shown) throw new Error('no window was opened')
  const pending = () => {
    const all = bench.app.signIn.list()
    return all.ok ? all.value.length : -1
  }
  return { bench, shown, pending }
}

it('signs in with the response that the window hands over, and closes it', async () => {
  const { bench, shown } = await start()
  expect(bench.opened).toEqual([])
  const { username, password } = bench.playground.users[0] ?? { username: '', password: '' }
  shown.notify.onRedirect(await signInAtProvider(shown.what.url, { username, password }))
  await expect.poll(() => bench.ended).toMatchObject([{ accountId: expect.any(String) as string }])
  expect(shown.closed).toBe(true)
})

it('is cancelled by closing the window', async () => {
  const { shown, pending } = await start()
  expect(pending()).toBe(1)
  shown.notify.onClosed()
  expect(pending()).toBe(0)
})

it('closes the window when Gatehouse locks, and that sign-in is over', async () => {
  const { bench, shown, pending } = await start()
  await bench.app.settle()
  expect(shown.closed).toBe(true)
  expect(pending()).toBe(0)
})
