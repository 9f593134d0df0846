import { expect, test } from './fixtures.ts'
import { signInAtProvider } from '../support/playground-browser.ts'
import { usual, violationsOf } from './support/axe.ts'
import { handOver } from './support/gatehouse.ts'
import { alice, walkScreens } from './support/every-screen.ts'
import { faintFields } from './support/fields.ts'
import { cutOff } from './support/narrow.ts'
import { treeOf } from './support/tree.ts'

/** The least window, at 100 % and at 200 %; a window of 1280 pixels at 200 % is as wide as the first. */
const small = [
  { width: 640, height: 480 },
  { width: 320, height: 240 },
]

/** Screens whose accessibility tree is kept in `trees`; `npm run e2e -- access --update-snapshots` writes them anew. */
const told = new Set([
  'first-start',
  'connect',
  'connection',
  'account-access-token',
  'account-lineage',
  'requests-home',
  'request-200',
  'request-refused',
  'token-bench-empty',
  'token-bench',
  'token-bench-make',
  'token-bench-compare',
  'token-bench-keys',
  'flows-home',
  'flow',
  'playground',
  'palette',
  'collection',
  'collection-versions',
  'settings-network',
  'settings-cookies',
  'settings-appearance-keys',
  'settings-user-vault',
  'locked',
])

test('no screen has what axe finds, cuts anything off, draws a field too faintly or reads otherwise than kept', async ({
  home,
  gatehouse,
}) => {
  // Under a minute where nothing else runs.
  test.setTimeout(420_000)
  const { page } = gatehouse
  await page.setViewportSize(usual)
  const found = { axe: [] as string[], cutOff: [] as string[], faint: [] as string[] }
  await walkScreens({
    home,
    gatehouse,
    look: async (screen) => {
      for (const says of await violationsOf(page)) found.axe.push(`${screen}, ${says}`)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        for (const says of await faintFields(page)) found.faint.push(`${screen}, ${colorScheme}, ${says}`)
      }
      for (const size of small) {
        await page.setViewportSize(size)
        for (const says of await cutOff(page)) found.cutOff.push(`${screen}, ${size.width} px, ${says}`)
      }
      await page.setViewportSize(usual)
      if (told.has(screen)) expect.soft(await treeOf(page)).toMatchSnapshot(`${screen}.txt`)
    },
  })
  expect(found).toEqual({ axe: [], cutOff: [], faint: [] })
})

test('the focus stays in the page, and what came of a request is announced', async ({ home, workbench }) => {
  test.setTimeout(240_000)
  const { page } = workbench
  await workbench.startPlayground()
  await workbench.signInButton().click()
  await handOver(home, await signInAtProvider(await home.nextOpenedUrl(), alice))
  await workbench.expectSignedIn('alice')
  const inPage = (): Promise<void> =>
    expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
  // The region of the outcome is there before anything is told in it.
  await page.keyboard.press('Control+n')
  await expect(page.getByRole('status', { name: 'Outcome' })).toHaveText('')
  await page.keyboard.press('Control+Tab')
  await inPage()
  await page.keyboard.press('Control+Shift+Tab')
  await expect(page.getByRole('textbox', { name: 'URL' })).toBeVisible()
  await page.keyboard.press('Control+w')
  await inPage()
  await workbench.sendReadyRequest()
  await workbench.expectStatus(/200 OK/)
  await expect(page.getByRole('status', { name: 'Outcome' })).toHaveText(/^200 OK/)
  // What has the focus is removed.
  await page.getByRole('textbox', { name: 'URL' }).focus()
  await page.keyboard.press('Control+w')
  await expect(page.getByRole('textbox', { name: 'URL' })).toBeHidden()
  await inPage()
  // What is looked at is deleted.
  await workbench.openRoom('Flows')
  await page.getByRole('button', { name: /Sign in · alice/ }).click()
  await page.getByRole('button', { name: 'Delete this flow' }).click()
  await expect(page.getByRole('listbox', { name: /^Messages/ })).toBeHidden()
  await inPage()
})
