import { expect, test } from './fixtures.ts'
import { signInAtProvider } from '../support/playground-browser.ts'
import { violationsOf } from './support/axe.ts'
import { handOver } from './support/gatehouse.ts'
import { alice, walkScreens } from './support/every-screen.ts'

/** What is known to be wrong, and why it is left: an entry that is no longer true fails. */
const known = [
  {
    screen: 'flow',
    rule: 'label-content-name-mismatch',
    reason: 'a drawn message is cut to its room and marked by signs; its name says the same in words',
  },
] as const

test('axe finds nothing on any screen, in both themes, at 100 and 150 %', async ({ home, gatehouse }) => {
  test.setTimeout(120_000)
  const { page } = gatehouse
  await page.setViewportSize({ width: 1280, height: 800 })
  const found: string[] = []
  const excused = new Set<object>()
  await walkScreens({
    home,
    gatehouse,
    look: async (screen) => {
      for (const { rule, says } of await violationsOf(page)) {
        const entry = known.find((one) => one.screen === screen && one.rule === rule)
        if (entry) excused.add(entry)
        else found.push(`${screen}, ${says}`)
      }
    },
  })
  expect(found).toEqual([])
  expect(known.filter((one) => !excused.has(one))).toEqual([])
})

test('the focus stays in the page, and what came of a request is announced', async ({ home, workbench }) => {
  const { page } = workbench
  await workbench.startPlayground()
  await workbench.signInButton().click()
  await handOver(home, await signInAtProvider(await home.nextOpenedUrl(), alice))
  await workbench.expectSignedIn('alice')
  await workbench.sendReadyRequest()
  await workbench.expectStatus(/200 OK/)
  await expect(page.getByRole('status', { name: 'Outcome' })).toHaveText(/^200 OK/)
  // What has the focus is removed.
  await page.getByRole('textbox', { name: 'URL' }).focus()
  await page.keyboard.press('Control+w')
  await expect(page.getByRole('textbox', { name: 'URL' })).toBeHidden()
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
})
