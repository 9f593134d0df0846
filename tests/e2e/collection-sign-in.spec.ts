import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { signInAtProvider } from '../support/playground-browser.ts'
import { expect, test } from './fixtures.ts'
import { handOver } from './support/gatehouse.ts'
import { rememberCollection } from './support/open-collection.ts'
import { keepShots } from './support/shots.ts'
import { RequestPage } from './pages/request-page.ts'

const alice = { username: 'alice', password: 'alice-password' }

/** A collection that says how one signs in, and one request of it that inherits that. */
function writeShop(
  folder: string,
  request: string,
  { issuer, api: resource }: { issuer: string; api: string },
) {
  mkdirSync(dirname(join(folder, request)), { recursive: true })
  writeFileSync(
    join(folder, 'opencollection.yml'),
    `opencollection: 1.0.0
info:
  name: Shop
request:
  auth:
    type: oauth2
    flow: authorization_code
    callbackUrl: app.gatehouse.desktop:/oauth/callback
    credentials:
      clientId: gatehouse-desktop
    scope: openid profile orders:read
extensions:
  gatehouse:
    signIn:
      name: Shop login
      issuer: ${issuer}
      resource: ${resource}
`,
  )
  writeFileSync(
    join(folder, request),
    `info:\n  name: All orders\n  type: http\nhttp:\n  method: GET\n  url: ${resource}/orders\n  auth: inherit\n`,
  )
}

test('a cloned folder needs one press to sign in, and a connection can be written into one', async ({
  home,
  provider,
  workbench,
}) => {
  const { page } = workbench
  const { issuer } = provider
  const folder = join(home.directory, 'collections', 'shop')
  writeShop(folder, 'orders/list.yml', provider)
  rememberCollection(home, folder)
  await workbench.openRoom('Requests')
  const tree = page.getByRole('tree', { name: 'Collections' })
  await tree.getByRole('treeitem', { name: 'orders folder' }).click()
  await tree.getByRole('treeitem', { name: 'All orders' }).dblclick()
  const bar = page.getByRole('group', { name: 'Sign-in' })
  await expect(bar).toContainText('The collection Shop signs in to Shop login.')

  // Whom it would call as is said where it is looked for.
  const picker = page.getByRole('button', { name: /^Auth: / })
  const status = page.getByRole('contentinfo', { name: 'Status' })
  await expect(picker).toHaveAccessibleName('Auth: Not signed in to Shop login from collection Shop')
  await expect(status).toContainText('auth: Not signed in to Shop login from collection Shop')

  // Without a sign-in nothing is sent.
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('no account has been chosen for it yet').first()).toBeVisible()

  // Where it leads is shown before the browser opens.
  await bar.getByRole('button', { name: 'Sign in…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Sign in to Shop login' })
  const facts = dialog.getByRole('table', { name: 'Sign-in' })
  await expect(facts.getByRole('row', { name: /^Issuer/ })).toContainText(issuer)
  await expect(facts.getByRole('row', { name: /^Client ID/ })).toContainText('gatehouse-desktop')
  await keepShots(page, 'shared-sign-in-dialog')
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(bar).toContainText('Waiting for the sign-in to Shop login')
  await keepShots(page, 'shared-sign-in-waiting')
  await handOver(home, await signInAtProvider(await home.nextOpenedUrl(), alice))
  await expect(bar).toHaveCount(0)
  await expect(picker).toHaveAccessibleName(/^Auth: call as alice.* from collection Shop/)
  await expect(status).toContainText(/calls as alice.* · Shop login from collection Shop/)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('group', { name: 'Response' })).toContainText('200')
  await page.getByRole('tab', { name: 'Auth', exact: true }).click()
  await expect(
    page.getByText(/The token of .* is sent: the collection Shop uses a sign-in to Shop login/),
  ).toBeVisible()
  await keepShots(page, 'shared-sign-in')
  expect(readFileSync(join(folder, 'opencollection.yml'), 'utf8')).not.toContain('alice')

  // The other way round.
  await workbench.openRoom('Accounts')
  await page
    .getByRole('button', { name: /^Shop login/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Write to collection…' }).click()
  const write = page.getByRole('dialog', { name: 'Write to a collection' })
  await write.getByRole('combobox', { name: 'Collection or folder' }).click()
  await page.getByRole('option', { name: 'Shop / orders' }).click()
  await keepShots(page, 'write-connection')
  await write.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(page.getByText('Written to orders/folder.yml.')).toBeVisible()
  expect(readFileSync(join(folder, 'orders', 'folder.yml'), 'utf8')).toContain(`issuer: ${issuer}`)
})

test('a collection is signed in to from the start page and from its settings', async ({
  home,
  provider,
  workbench,
}) => {
  const { page } = workbench
  const folder = join(home.directory, 'collections', 'shop')
  writeShop(folder, 'list.yml', provider)
  rememberCollection(home, folder)
  await workbench.openRoom('Requests')
  const start = page.getByRole('region', { name: 'Start page' })
  const bar = start.getByRole('group', { name: 'Sign-in' })
  await expect(bar).toContainText('The collection Shop signs in to Shop login.')
  await keepShots(page, 'collection-start')

  const tree = page.getByRole('tree', { name: 'Collections' })
  await tree.getByRole('treeitem', { name: 'Shop' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Collection settings…' }).click()
  const settings = page.getByRole('dialog', { name: 'Collection Shop' })
  await settings.getByRole('tab', { name: 'Auth' }).click()
  await expect(settings.getByRole('group', { name: 'Sign-in' })).toContainText('signs in to Shop login')
  await keepShots(page, 'collection-settings-sign-in')
  await settings.getByRole('button', { name: 'Sign in…' }).click()
  await page
    .getByRole('dialog', { name: 'Sign in to Shop login' })
    .getByRole('button', { name: 'Sign in', exact: true })
    .click()
  await handOver(home, await signInAtProvider(await home.nextOpenedUrl(), alice))
  await expect(settings.getByRole('group', { name: 'Sign-in' })).toContainText(
    /Requests that inherit it call as alice.*, signed in to Shop login/,
  )
  await keepShots(page, 'collection-settings-signed-in')
  await settings.getByRole('button', { name: 'Cancel' }).click()
  await expect(bar).toHaveCount(0)

  await tree.getByRole('treeitem', { name: 'All orders' }).dblclick()
  await new RequestPage(page).expectShown('All orders')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('group', { name: 'Response' })).toContainText('200')
})
