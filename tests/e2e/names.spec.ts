import { expect, test } from './fixtures.ts'
import { EnvironmentsPage } from './pages/environments-page.ts'
import { RequestPage } from './pages/request-page.ts'
import { violationsOf } from './support/axe.ts'

const variables = [
  { name: 'host', value: 'https://api.example' },
  { name: 'hotel', value: 'Grand' },
  { name: 'api_key', value: 'a-secret-value-771', secret: true },
]

test('names are completed in plain fields by keyboard and pointer, and described', async ({ gatehouse }) => {
  const { page } = gatehouse
  await new EnvironmentsPage(page).add(variables)
  await new RequestPage(page).open()
  const url = page.getByRole('textbox', { name: 'URL' })
  await url.pressSequentially('{{ho')
  const box = page.getByRole('combobox', { name: 'URL' })
  const list = page.getByRole('listbox', { name: 'Variables' })
  await expect(list.getByRole('option')).toHaveText([/^host/, /^hotel/])
  await expect(box).toHaveAttribute('aria-expanded', 'true')
  const chosen = list.getByRole('option', { selected: true })
  await expect(chosen).toHaveText(/^host/)
  expect(await box.getAttribute('aria-activedescendant')).toBe(await chosen.getAttribute('id'))
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('ArrowDown')
  await expect(chosen).toHaveText(/^hotel/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(url).toHaveValue('{{host}}')
  await expect(list).toHaveCount(0)
  await url.pressSequentially('/{{missing}}?k={{key')
  await list.getByRole('option', { name: /^api_key/ }).click()
  await expect(url).toHaveValue('{{host}}/{{missing}}?k={{api_key}}')
  await expect(url).toBeFocused()
  await expect(url).toHaveAccessibleDescription(
    '{{host}}: https://api.example. {{missing}}: not a variable of local. {{api_key}}: secret',
  )
  await page.keyboard.press('Control+z')
  await expect(url).toHaveValue('{{host}}/{{missing}}?k={{key')

  await url.press('End')
  await url.pressSequentially('{{')
  await expect(list.getByRole('option')).toHaveCount(3)
  await page.keyboard.press('Escape')
  await expect(list).toHaveCount(0)
  await expect(url).toHaveValue('{{host}}/{{missing}}?k={{key{{')

  const parts = page.getByRole('tablist', { name: 'Parts of the request' })
  await parts.getByRole('tab', { name: 'Headers' }).click()
  await page.getByLabel('Name of header 1').fill('X-Key')
  await page.getByLabel('Value of header 1').pressSequentially('{{api')
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Value of header 1')).toHaveValue('{{api_key}}')
})

test('what a name is worth is shown at the pointer and at the caret, and of a secret nothing', async ({
  gatehouse,
}) => {
  const { page } = gatehouse
  await new EnvironmentsPage(page).add(variables)
  const requests = new RequestPage(page)
  await requests.open()
  const url = page.getByRole('textbox', { name: 'URL' })
  const tip = page.getByRole('tooltip')
  await url.fill('{{host}}/x?k={{api_key}}')
  await url.press('Home')
  await expect(tip).toHaveText('{{host}}: https://api.example')
  await url.press('End')
  await expect(tip).toHaveText('{{api_key}}: secret')
  await url.press('ArrowLeft')
  for (let step = 0; step < 12; step += 1) await url.press('ArrowLeft')
  await expect(tip).toHaveCount(0)
  await page.getByRole('tab', { name: 'Params' }).focus()
  await page.getByRole('tab', { name: 'Params' }).press('Home')
  const name = page.locator('mark', { hasText: '{{host}}' }).first()
  const { x = 0, y = 0, width = 0, height = 0 } = (await name.boundingBox()) ?? {}
  await page.mouse.move(x + width / 2, y + height / 2)
  await expect(tip).toHaveText('{{host}}: https://api.example')
  await page.mouse.move(x + width / 2, y + 300)
  await expect(tip).toHaveCount(0)
  const key = page.locator('mark', { hasText: '{{api_key}}' }).last()
  await key.scrollIntoViewIfNeeded()
  const at = (await key.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2)
  await expect(tip).toHaveText('{{api_key}}: secret')

  await requests.fillBody('{"a": "{{hotel}}", "b": "{{api_key}}"}')
  await page.mouse.move(0, 0)
  await expect(page.locator('.cm-name-known')).toHaveText('{{hotel}}')
  await expect(page.locator('.cm-name-secret')).toHaveText('{{api_key}}')
  await page.locator('.cm-name', { hasText: 'hotel' }).hover()
  await expect(tip).toHaveText('{{hotel}}: Grand')
  await page.locator('.cm-name', { hasText: 'api_key' }).hover()
  await expect(tip).toHaveText('{{api_key}}: secret')
  await expect(page.getByText('a-secret-value-771')).toHaveCount(0)
  await page.mouse.move(0, 0)
  await expect(tip).toHaveCount(0)
  await page.getByRole('textbox', { name: 'Request body' }).press('Control+Home')
  for (let step = 0; step < 8; step += 1) await page.keyboard.press('ArrowRight')
  await expect(tip).toHaveText('{{hotel}}: Grand')
  await url.press('Home')
  expect(await violationsOf(page)).toEqual([])
})

test('names are completed and described in a body', async ({ gatehouse }) => {
  const { page } = gatehouse
  await new EnvironmentsPage(page).add(variables)
  const requests = new RequestPage(page)
  await requests.open()
  await requests.fillBody('{"a": "{{missing}}"}')
  const body = page.getByRole('textbox', { name: 'Request body' })
  await body.press('Control+End')
  await body.pressSequentially('\n{{h')
  await expect(page.getByRole('listbox').getByRole('option')).toHaveText([/^host/, /^hotel/])
  // A key right behind a letter is for the list as well.
  await page.keyboard.press('o')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(body).toContainText('{{hotel}}')
  await expect(body).toHaveAccessibleDescription('{{missing}}: not a variable of local. {{hotel}}: Grand')
})

test('names are completed in the fields of a connection', async ({ gatehouse }) => {
  const { page } = gatehouse
  await new EnvironmentsPage(page).add(variables)
  await page.getByRole('navigation').getByRole('button', { name: 'Accounts' }).click()
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect a provider' })
  const field = dialog.getByRole('textbox', { name: /^Client ID/ })
  await field.pressSequentially('{{hos')
  await dialog.getByRole('option', { name: /^host/ }).click()
  await expect(field).toHaveValue('{{host}}')
  await field.pressSequentially('{{')
  await page.keyboard.press('Escape')
  await expect(dialog.getByRole('listbox', { name: 'Variables' })).toHaveCount(0)
  await expect(dialog).toBeVisible()
  await expect(field).toHaveAccessibleDescription('{{host}}: https://api.example')
})
