import { expect, test } from './fixtures.ts'
import { WorkbenchPage } from './pages/workbench-page.ts'

test('the list is resized by pointer and keyboard, and its width is kept', async ({ launch }) => {
  const first = await launch()
  const { page } = first
  await page.setViewportSize({ width: 1280, height: 800 })
  await new WorkbenchPage(page).openRoom('Requests')
  const edge = page.getByRole('separator', { name: 'Width of the list' })
  const list = page.getByRole('complementary', { name: 'List' })
  const width = async () => (await list.boundingBox())?.width
  await expect(edge).toHaveAttribute('aria-valuenow', '288')
  expect(await width()).toBe(288)

  await edge.focus()
  await page.keyboard.press('ArrowRight')
  await expect(edge).toHaveAttribute('aria-valuenow', '304')
  expect(await width()).toBe(304)
  await page.keyboard.press('Home')
  await expect(edge).toHaveAttribute('aria-valuenow', '200')
  await page.keyboard.press('Enter')
  await expect(edge).toHaveAttribute('aria-valuenow', '288')

  const box = await edge.boundingBox()
  if (!box) throw new Error('no edge')
  await page.mouse.move(box.x + 3, box.y + 300)
  await page.mouse.down()
  await page.mouse.move(box.x + 63, box.y + 310, { steps: 4 })
  await page.mouse.up()
  await expect(edge).toHaveAttribute('aria-valuenow', '348')
  await first.close()

  const again = (await launch()).page
  await new WorkbenchPage(again).openRoom('Requests')
  await expect(again.getByRole('separator', { name: 'Width of the list' })).toHaveAttribute(
    'aria-valuenow',
    '348',
  )
})
