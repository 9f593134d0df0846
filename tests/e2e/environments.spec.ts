import { expect, test } from './fixtures.ts'
import { EnvironmentsPage } from './pages/environments-page.ts'
import { WorkbenchPage } from './pages/workbench-page.ts'

test('variables of all environments are edited in one table, and secrets are covered', async ({
  gatehouse,
}) => {
  const { page } = gatehouse
  const environments = new EnvironmentsPage(page)
  await environments.add([
    { name: 'host', value: 'http://localhost' },
    { name: 'api_key', value: 'a-secret-value-771', secret: true },
  ])
  await page.getByRole('button', { name: 'New environment' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('staging')
  await page.keyboard.press('Enter')

  const table = page.getByRole('table', { name: 'Variables' })
  await expect(table.getByRole('columnheader')).toHaveText(['Name', /^local/, 'staging', 'Secret'])
  const value = (name: string, where: string) => table.getByLabel(`Value of ${name} in ${where}`)
  await expect(value('host', 'staging')).toHaveValue('http://localhost')
  await expect(value('api_key', 'staging')).toHaveAttribute('type', 'password')
  expect(await page.content()).not.toContain('a-secret-value-771')

  await value('host', 'staging').fill('https://staging.example')
  await page.keyboard.press('ArrowDown')
  await expect(value('api_key', 'staging')).toBeFocused()
  await table.getByRole('button', { name: 'Remove api_key from staging' }).click()
  await table.getByPlaceholder('Add a variable').fill('region')
  await value('region', 'staging').fill('eu')
  await page.getByRole('button', { name: 'Save variables' }).click()
  await expect(page.getByRole('button', { name: 'Save variables' })).toBeDisabled()

  await page.getByRole('button', { name: 'Switch' }).click()
  await expect(page.getByRole('button', { name: 'Environment: staging' })).toBeVisible()
  await expect(value('host', 'local')).toHaveValue('http://localhost')
  await expect(value('host', 'staging')).toHaveValue('https://staging.example')
  await expect(value('region', 'local')).toHaveValue('')
  await expect(value('region', 'local')).toHaveAttribute('placeholder', 'not set')
  await expect(value('api_key', 'staging')).toHaveAttribute('placeholder', 'not set')
  await expect(value('api_key', 'local')).toHaveAttribute('placeholder', /kept$/)
})

test('an empty list after a switch says which environment has the connections', async ({ workbench }) => {
  const { page } = workbench
  await workbench.startPlayground()
  await new EnvironmentsPage(page).open()
  await page.getByRole('button', { name: 'New environment' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('staging')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Switch' }).click()
  await new WorkbenchPage(page).openRoom('Accounts')
  await page
    .getByRole('group', { name: 'Other environments' })
    .getByRole('button', { name: 'local: 1 connection' })
    .click()
  await expect(page.getByRole('button', { name: 'Environment: local' })).toBeVisible()
})
