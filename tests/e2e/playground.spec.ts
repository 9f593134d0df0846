import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'

test('switches a fault on and off, and a call gets what it promises', async ({ workbench }) => {
  const { page } = workbench
  const requests = new RequestPage(page)
  await workbench.startPlayground()
  await workbench.openRoom('Playground')
  const fault = page.getByRole('switch', { name: /^Too many requests/ })
  await expect(fault).not.toBeChecked()
  await fault.click()
  await expect(fault).toBeChecked()
  await page.getByRole('button', { name: /Without a token/ }).click()
  await page.keyboard.press('Control+Enter')
  await expect(requests.answer().getByText(/^429/)).toBeVisible()

  await page.reload()
  await workbench.openRoom('Playground')
  await expect(fault).toBeChecked()
  await expect(page.getByRole('heading', { name: 'Faults 1 on' })).toBeVisible()
  await fault.click()
  await expect(fault).not.toBeChecked()
  await page.getByRole('button', { name: /Without a token/ }).click()
  await page.keyboard.press('Control+Enter')
  await expect(requests.answer().getByText(/^401/)).toBeVisible()
})

test('copies a password and a client_id, and shows every client', async ({ workbench }) => {
  const { page } = workbench
  await workbench.startPlayground()
  await workbench.openRoom('Playground')
  const clients = page.getByRole('table', { name: 'Clients' })
  await expect(clients.getByRole('row')).toHaveCount(3)
  const confidential = clients.getByRole('row', { name: /gatehouse-confidential/ })
  await expect(confidential).toContainText('client_secret_basic')
  for (const [button, text] of [
    ['Copy the password of bob', 'bob-password'],
    ['Copy the client_id gatehouse-desktop', 'gatehouse-desktop'],
    ['Copy the secret of gatehouse-confidential', 'gatehouse-playground-secret'],
  ] as const) {
    await page.getByRole('button', { name: button }).click()
    await expect(page.getByText(/ copied\.$/).last()).toBeVisible()
    await workbench.openRoom('Requests')
    const field = page.getByRole('searchbox')
    await field.fill('')
    await field.press('Control+v')
    await expect(field).toHaveValue(text)
    await workbench.openRoom('Playground')
  }
})
