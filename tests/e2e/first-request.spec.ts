import { signInAtProvider } from '../support/playground-browser.ts'
import { scanForSecrets } from '../support/scan.ts'
import { expect, test } from './fixtures.ts'
import { handOver, startGatehouse } from './support/gatehouse.ts'

const alice = { username: 'alice', password: 'alice-password' }

test('from the first start to a 200 of the protected API', async ({ home, workbench }) => {
  await workbench.startPlayground()
  await workbench.signInButton().click()
  const redirect = await signInAtProvider(await home.nextOpenedUrl(), alice)
  expect(await handOver(home, redirect)).toBe(0)
  await workbench.expectSignedIn('alice')
  await expect(workbench.page.getByText('Signature').first()).toBeVisible()
  await workbench.sendReadyRequest()
  await workbench.expectStatus(/200 OK/)
})

test('shows why a call was refused', async ({ home, workbench }) => {
  await workbench.startPlayground()
  await workbench.signInButton().click()
  await handOver(home, await signInAtProvider(await home.nextOpenedUrl(), alice))
  await workbench.expectSignedIn('alice')
  await workbench.sendReadyRequest()
  await workbench.expectStatus(/200 OK/)
  const url = workbench.page.getByRole('textbox', { name: 'URL' })
  await url.fill((await url.inputValue()).replace('/orders', '/admin/users'))
  await workbench.page.keyboard.press('Control+Enter')
  await workbench.expectStatus(/403 Forbidden/)
  await expect(workbench.page.getByText('Why it was refused')).toBeVisible()
})

test('shows the error of the provider and goes on', async ({ home, workbench }) => {
  await workbench.startPlayground()
  await workbench.signInButton().click()
  const denied = await signInAtProvider(await home.nextOpenedUrl(), { ...alice, decision: 'deny' })
  await handOver(home, denied)
  await expect(workbench.page.getByText('access_denied').first()).toBeVisible()
  await expect(workbench.signInButton()).toBeVisible()
  await expect(workbench.page.getByRole('button', { name: 'Sign in again' })).toBeVisible()
  await workbench.page.getByRole('button', { name: 'See the flow' }).click()
  await expect(workbench.page.getByRole('button', { name: 'Delete this flow' })).toBeVisible()
})

test('takes the redirect pasted by hand', async ({ home, workbench }) => {
  await workbench.startPlayground()
  await workbench.signInButton().click()
  const redirect = await signInAtProvider(await home.nextOpenedUrl(), alice)
  await workbench.page.getByLabel('Paste the redirect address').fill(redirect)
  await workbench.page.getByRole('button', { name: 'Continue' }).click()
  await workbench.expectSignedIn('alice')
})

test('leaves no token and no password in the user folder', async ({ home }) => {
  const gatehouse = await startGatehouse(home)
  const secrets: Record<string, string> = { password: alice.password }
  try {
    const { WorkbenchPage } = await import('./pages/workbench-page.ts')
    const workbench = new WorkbenchPage(gatehouse.page)
    await workbench.startPlayground()
    await workbench.signInButton().click()
    const opened = await home.nextOpenedUrl()
    const redirect = await signInAtProvider(opened, alice)
    secrets['state'] = new URL(opened).searchParams.get('state') ?? ''
    secrets['code'] = new URL(redirect).searchParams.get('code') ?? ''
    await handOver(home, redirect)
    await workbench.expectSignedIn('alice')
    for (const kind of ['Access token', 'ID token', 'Refresh token']) {
      await workbench.page.getByRole('tab', { name: kind }).click()
      await workbench.page.getByRole('button', { name: 'Reveal' }).click()
      const text = await workbench.page.getByLabel('Token text').innerText()
      secrets[kind] = text.replace(/\s/g, '')
      await workbench.page.getByRole('button', { name: 'Hide' }).click()
    }
    await workbench.page.getByRole('tab', { name: 'Access token' }).click()
    await workbench.sendReadyRequest()
    await workbench.expectStatus(/200 OK/)
  } finally {
    await gatehouse.close()
  }
  expect(Object.keys(secrets)).toHaveLength(6)
  expect(await scanForSecrets(home.profile, secrets)).toEqual([])
})
