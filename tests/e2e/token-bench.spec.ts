import { expect, test } from './fixtures.ts'

test('makes a token with a secret and reads it back', async ({ workbench }) => {
  const { page } = workbench
  await page.getByRole('navigation').getByRole('button', { name: 'Token bench' }).click()
  await page.getByRole('radio', { name: 'Make' }).check({ force: true })
  await expect(page.getByRole('textbox', { name: 'Payload' })).toContainText('user_id')
  await page.getByRole('textbox', { name: 'Key or secret' }).fill('a-secret-of-mine')
  await page.getByRole('button', { name: 'Sign', exact: true }).click()
  const made = page.getByRole('textbox', { name: 'Signed token' })
  await expect(made).toHaveValue(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/)

  await page.getByRole('button', { name: 'Read it with this key' }).click()
  await expect(page.getByRole('combobox', { name: 'Judged as' })).toHaveValue('plain')
  const checks = page.getByRole('region', { name: 'Checks' })
  await expect(checks).toContainText('a shared secret of 16 bytes')
  await expect(checks.getByText('invalid', { exact: true })).toHaveCount(0)
  await expect(page.getByRole('table', { name: 'Claims' })).toContainText('42')

  await page.getByRole('textbox', { name: 'Key or secret' }).fill('another-secret')
  await expect(checks).toContainText('signed with another secret')
  await expect(checks.getByText('invalid', { exact: true })).toHaveCount(1)
})
