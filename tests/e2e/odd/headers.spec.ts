import { startOddProvider, type OddProvider } from '../../support/odd-provider.ts'
import { expect, test } from '../fixtures.ts'
import { RequestPage } from '../pages/request-page.ts'
import { keepShots } from '../support/shots.ts'

let odd: OddProvider
test.beforeEach(async () => {
  odd = await startOddProvider()
})
test.afterEach(() => odd.stop())

const token = `tok-${'0123456789'.repeat(900)}`.slice(0, 9_000)

test('gives the token in a response’s header: revealed, copied, as a variable, and not from the history', async ({
  gatehouse: { page },
}) => {
  odd.answers['/api'] = () => ({
    headers: { 'X-Subject-Token': token, 'X-CSRF-Token': 'csrf-123', 'Set-Cookie': 'sid=abc123; Path=/' },
    body: { ok: true },
  })
  const requests = new RequestPage(page)
  await requests.open()
  await requests.get(`${odd.issuer}/api`)
  await page.getByRole('tab', { name: 'Headers' }).last().click()
  const headers = page.getByRole('table', { name: 'Headers of the response' })
  await expect(headers).toBeVisible()
  expect(await page.content()).not.toMatch(/tok-0123|csrf-123|abc123/)
  await expect(page.getByText(/can be revealed while this tab shows the response/)).toBeVisible()
  await keepShots(page, 'headers-covered')

  await page.getByRole('button', { name: 'Reveal X-CSRF-Token' }).click()
  await expect(headers.getByText('csrf-123')).toBeVisible()
  await page.getByRole('button', { name: 'Hide X-CSRF-Token' }).click()
  await expect(headers.getByText('csrf-123')).toHaveCount(0)
  await page.getByRole('button', { name: 'Reveal Set-Cookie sid' }).click()
  await expect(headers.getByText('sid=abc123; Path=/')).toBeVisible()
  await page.getByRole('button', { name: 'Reveal X-Subject-Token' }).click()
  await expect(headers.getByText(token)).toBeVisible()
  await keepShots(page, 'headers-revealed')
  await page.getByRole('button', { name: 'Copy X-Subject-Token' }).click()
  await expect(page.getByText(/Copied\. The clipboard is cleared/)).toBeVisible()

  await page.getByRole('button', { name: 'Save X-Subject-Token as a variable' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save as a variable' })
  await expect(dialog.getByRole('textbox', { name: /^Name/ })).toHaveValue('subject_token')
  await keepShots(page, 'headers-variable')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText(/Use \{\{subject_token\}\} in requests/)).toBeVisible()
  await requests.open()
  const url = page.getByRole('textbox', { name: 'URL' })
  const sends = async (query: string, paste: boolean): Promise<void> => {
    const before = odd.at('/api').length
    await url.fill(`${odd.issuer}/api?${query}`)
    await url.press('End')
    if (paste) await url.press('Control+v')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => odd.at('/api').length).toBe(before + 1)
    expect(odd.at('/api').at(-1)?.query.get('t')).toBe(token)
  }
  await sends('t={{subject_token}}', false)
  await sends('t=', true)

  await page
    .getByRole('tab', { name: /\/api$/ })
    .first()
    .click()
  await page.keyboard.press('Control+w')
  await requests.history('/api').last().click()
  await page.getByRole('tab', { name: 'Headers' }).last().click()
  await expect(page.getByText(/Masked values were not kept/)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Reveal / })).toHaveCount(0)
})
