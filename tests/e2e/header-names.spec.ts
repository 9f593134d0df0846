import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'
import { violationsOf } from './support/axe.ts'
import { choose } from './support/choose.ts'

test('names and values of headers are completed by keyboard and pointer', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await requests.fillBody('{}')
  await page.getByRole('tab', { name: 'Headers' }).click()
  const name = page.getByLabel('Name of header 1')
  const value = page.getByLabel('Value of header 1')
  const list = page.getByRole('listbox', { name: 'Suggestions' })
  const chosen = list.getByRole('option', { selected: true })
  await name.pressSequentially('acc')
  await expect(list.getByRole('option').first()).toHaveText(/^Accept /)
  await expect(page.getByRole('combobox', { name: 'Name of header 1' })).toHaveAttribute(
    'aria-expanded',
    'true',
  )
  // Nothing is taken that was not chosen.
  await expect(chosen).toHaveCount(0)
  expect(await violationsOf(page)).toEqual([])
  // The smaller window put it together anew.
  await name.fill('')
  await name.pressSequentially('acc')
  await page.keyboard.press('ArrowDown')
  await expect(chosen).toHaveText(/^Accept /)
  await page.keyboard.press('Enter')
  await expect(name).toHaveValue('Accept')
  await expect(list).toHaveCount(0)
  await value.pressSequentially('text/html, json')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await expect(value).toHaveValue('text/html, application/json')

  await page.getByLabel('Name of header 2').pressSequentially('content-t')
  await list.getByRole('option', { name: /^Content-Type/ }).click()
  await expect(page.getByLabel('Name of header 2')).toHaveValue('Content-Type')
  await page.getByLabel('Value of header 2').focus()
  await page.keyboard.press('ArrowDown')
  await expect(list.getByRole('option').first()).toHaveText(/^application\/json.*of this request$/)
  await page.keyboard.press('Escape')
  await expect(list).toHaveCount(0)
  // What nobody knows is a header as well.
  await page.getByLabel('Name of header 3').fill('X-Own')
  await expect(list).toHaveCount(0)

  // The media type of a body of text, too.
  await page.getByRole('tab', { name: 'Body' }).click()
  await choose(page.getByRole('combobox', { name: 'Body type' }), 'Text')
  const type = page.getByLabel('Content type')
  await type.fill('csv')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(type).toHaveValue('text/csv')
})
