import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { rememberCollection } from './support/open-collection.ts'

/** Milliseconds, with room for a machine that does other things meanwhile. `LARGE_MS=2000 TASK_MS=50` are the intended ones. */
const limits = {
  shown: Number(process.env['LARGE_MS'] ?? 15_000),
  task: Number(process.env['TASK_MS'] ?? 3_000),
}

test('10,000 requests in a folder are shown, scrolled, searched and moved', async ({ home, gatehouse }) => {
  test.setTimeout(120_000)
  const { page } = gatehouse
  const folder = join(home.directory, 'collections/large')
  mkdirSync(join(folder, 'inside'), { recursive: true })
  writeFileSync(join(folder, 'opencollection.yml'), 'opencollection: "1.0.0"\ninfo:\n  name: Large\n')
  for (let each = 1; each <= 10_000; each += 1)
    writeFileSync(
      join(folder, each % 2 === 0 ? `inside/r${each}.yml` : `r${each}.yml`),
      `info:\n  name: Request ${each}\n  type: http\n  seq: ${each}\n  tags:\n    - t${each % 10}\n\nhttp:\n  method: GET\n  url: https://api.example.com/${each}\n  headers:\n    - name: Accept\n      value: application/json\n`,
    )
  rememberCollection(home, folder)
  await page.evaluate(() => {
    const found: number[] = []
    Object.assign(window, { longTasks: found })
    new PerformanceObserver((list) =>
      found.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({
      entryTypes: ['longtask'],
    })
  })
  const took = await page.evaluate(async () => {
    const rooms = document.querySelector('nav')
    const button = [...(rooms?.querySelectorAll('button') ?? [])].find((each) =>
      /Requests/.test(each.ariaLabel ?? each.innerText),
    )
    const began = performance.now()
    button?.click()
    while (document.querySelectorAll('[role="treeitem"]').length < 10)
      await new Promise((done) => requestAnimationFrame(done))
    return performance.now() - began
  })
  if (process.env['LARGE_MS']) process.stdout.write(`shown after ${took} ms\n`)
  const tree = page.getByRole('tree', { name: 'Collections' })
  await expect(tree.getByRole('treeitem', { name: /^GET Request 1\b/ })).toBeVisible()
  // Scrolled, searched, and moved to the end and back.
  await tree.getByRole('treeitem').first().focus()
  await page.keyboard.press('End')
  await expect(tree.getByRole('treeitem', { name: /^GET Request 9999/ })).toBeFocused()
  await page.getByRole('searchbox', { name: 'Search requests and history' }).fill('tag:t7 request 77')
  await expect(tree.getByRole('treeitem', { name: /^GET Request 77\b/ })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search requests and history' }).fill('')
  await tree.getByRole('treeitem').first().focus()
  // Down from the profile's own collection and the opened one.
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const row = tree.getByRole('treeitem', { name: /^GET Request 1\b/ })
  await expect(row).toBeFocused()
  const began = Date.now()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(row).toHaveAttribute('aria-posinset', '3')
  const moved = Date.now() - began
  const tasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks)
  const longest = Math.max(0, ...tasks)
  test.info().annotations.push({ type: 'measured', description: JSON.stringify({ took, moved, longest }) })
  if (process.env['LARGE_MS']) process.stdout.write(`${JSON.stringify({ took, moved, tasks })}\n`)
  expect(took).toBeLessThan(limits.shown)
  expect(longest).toBeLessThan(limits.task)
})
