import type { Locator } from 'playwright/test'
import { expect, test } from './fixtures.ts'
import { choose } from './support/choose.ts'
import { cutOff } from './support/narrow.ts'
import { openShop } from './support/shop.ts'
import { startShopApi } from './support/shop-api.ts'

/** How many lines the elements are on. */
const lines = (elements: Locator): Promise<number> =>
  elements.evaluateAll((all) => {
    const shown = all.map((element) => element.getBoundingClientRect()).filter(({ width }) => width > 1)
    let [count, bottom] = [0, -Infinity]
    for (const box of shown) {
      if (box.top >= bottom - 2) count += 1
      bottom = Math.max(bottom, box.bottom)
    }
    return count
  })

test('at 1280 pixels every part and outcome of a request is on one line, and its auth is not cut off', async ({
  home,
  gatehouse: { page },
}) => {
  const api = await startShopApi()
  try {
    await page.setViewportSize({ width: 1280, height: 800 })
    openShop(home, api.origin)
    await page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()
    const tree = page.getByRole('tree', { name: 'Collections' })
    await tree.getByRole('treeitem', { name: 'Orders folder' }).click()
    await tree.getByRole('treeitem', { name: 'POST Place an order' }).click()
    await choose(page.getByRole('combobox', { name: 'Environment of Shop API' }), 'Local')
    await page.keyboard.press('Control+Enter')
    const response = page.getByRole('group', { name: 'Response' })
    await expect(response).toContainText('201 Created')
    for (const name of ['Parts of the request', 'Parts of the response']) {
      const tabs = page.getByRole('tablist', { name }).getByRole('tab')
      await expect.poll(() => tabs.count()).toBeGreaterThan(6)
      expect(await lines(tabs), name).toBe(1)
    }
    await expect(response).toContainText(/\d+ captured/)
    expect(await lines(response.locator(':scope > *'))).toBe(1)
    const auth = page.getByRole('button', { name: /^Auth: .* from collection Shop API/ })
    expect(await auth.locator('.clip').evaluate((text) => text.scrollWidth - text.clientWidth)).toBe(0)

    // Where the address has a row of its own, what is below it is as wide.
    await page.setViewportSize({ width: 853, height: 533 })
    const url = page.getByRole('textbox', { name: 'URL' })
    const row = await url.evaluate((field) => {
      const box = field.closest('[data-box]')?.getBoundingClientRect()
      return [box?.left, box?.right].map((edge) => Math.round(edge ?? Number.NaN))
    })
    const edges = (element: Locator): Promise<number[]> =>
      element.evaluate((one) => {
        const { left, right } = one.getBoundingClientRect()
        return [Math.round(left), Math.round(right)]
      })
    const below = [
      page.getByRole('combobox', { name: 'Environment of Shop API' }),
      auth,
      page.getByRole('button', { name: /^Send/ }),
    ]
    const places = (await Promise.all(below.map(edges))).flat()
    expect([Math.min(...places), Math.max(...places)]).toEqual(row)

    // In a narrow window the strip scrolls: the chosen part stays in sight.
    const chosen = page
      .getByRole('tablist', { name: 'Parts of the request' })
      .getByRole('tab', { name: /^Settings/ })
    await chosen.click()
    await page.setViewportSize({ width: 640, height: 480 })
    await expect(chosen).toBeInViewport({ ratio: 0.99 })
    await page.setViewportSize({ width: 1280, height: 800 })

    // The form of a run: full rows of equal columns.
    await tree.getByRole('treeitem', { name: 'Orders folder' }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Run…' }).click()
    const fields = page.getByRole('group', { name: 'Settings of the run' }).locator(':scope > *')
    await expect(fields).toHaveCount(8)
    expect(await lines(fields)).toBe(3)
    for (const width of [640, 900, 1920, 2560]) {
      await page.setViewportSize({ width, height: 800 })
      expect(await cutOff(page), `${width} px`).toEqual([])
    }
  } finally {
    await api.stop()
  }
})

test('settings and the playground use a wide window', async ({ workbench }) => {
  const { page } = workbench
  await workbench.startPlayground()
  const right = (element: Locator): Promise<number> =>
    element.evaluate((one) => Math.round(one.getBoundingClientRect().right))
  await page.setViewportSize({ width: 2560, height: 1440 })
  await workbench.openRoom('Playground')
  await expect(page.getByRole('heading', { name: 'Clients' })).toBeVisible()
  expect(await right(page.getByRole('table', { name: 'Clients' }))).toBeGreaterThan(2_300)
  await workbench.openRoom('Settings')
  const sections = page.getByRole('tabpanel').locator('section')
  await expect.poll(() => sections.count()).toBeGreaterThan(3)
  const columns = await sections.evaluateAll(
    (all) => new Set(all.map((one) => Math.round(one.getBoundingClientRect().left))).size,
  )
  expect(columns).toBe(3)
})

test('in forced colours the edge of the list is a line, not a bar', async ({ gatehouse: { page } }) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' })
  const edge = page.getByRole('separator', { name: 'Width of the list' })
  await expect(edge).toBeVisible()
  expect(await edge.evaluate((one) => getComputedStyle(one).backgroundColor)).toMatch(/, 0\)$|transparent/)
})

test('in small windows nothing of a request or of the window’s edges gets lost', async ({
  home,
  gatehouse: { page },
}) => {
  const api = await startShopApi()
  try {
    await page.setViewportSize({ width: 853, height: 533 })
    openShop(home, api.origin)
    const rail = page.getByRole('navigation', { name: 'Main' })
    const tree = page.getByRole('tree', { name: 'Collections' })
    await rail.getByRole('button', { name: 'Requests' }).click()
    await tree.getByRole('treeitem', { name: 'Orders folder' }).click()
    await tree.getByRole('treeitem', { name: 'POST Place an order' }).click()
    const environment = page.getByRole('combobox', { name: 'Environment of Shop API' })
    await choose(environment, 'Local')
    const send = page.getByRole('button', { name: 'Send', exact: true })
    for (const width of [853, 900, 1000]) {
      await page.setViewportSize({ width, height: 533 })
      expect(await lines(environment.or(send)), `${width} px`).toBe(1)
    }

    // The list is above, and the window scrolls: what is opened comes into sight, and what the rail is pressed for.
    const main = page.getByRole('main')
    for (const size of [
      { width: 427, height: 320 },
      { width: 320, height: 240 },
    ]) {
      await page.setViewportSize(size)
      await rail.getByRole('button', { name: 'Requests' }).click()
      await expect(tree).toBeInViewport()
      await tree.getByRole('treeitem', { name: 'GET List orders' }).press('Enter')
      await expect(main.getByRole('tab', { name: 'List orders' })).toBeInViewport({ ratio: 0.99 })
      await expect(main.getByRole('textbox', { name: 'URL' })).toBeInViewport({ ratio: 0.99 })
      await rail.getByRole('button', { name: 'Requests' }).click()
      await tree.getByRole('treeitem', { name: 'POST Place an order' }).press('Enter')
      await expect(main.getByRole('tab', { name: 'Place an order' })).toBeInViewport({ ratio: 0.99 })
      const status = page.getByRole('contentinfo', { name: 'Status' })
      expect(await status.evaluate((bar) => bar.scrollHeight - bar.clientHeight)).toBe(0)
      await expect(status.getByText('Bearer token')).toBeInViewport({ ratio: 0.99 })
    }
  } finally {
    await api.stop()
  }
})

test('a role of a user is one line in the narrowest window', async ({ workbench }) => {
  const { page } = workbench
  await workbench.startPlayground()
  await page.setViewportSize({ width: 320, height: 240 })
  await workbench.openRoom('Playground')
  const roles = page.getByRole('table', { name: 'Users' }).getByText(/^(customer|admin)$/)
  await expect(roles).toHaveCount(3)
  expect(
    await roles.evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().height))),
  ).toEqual([19, 19, 19])
})

test('in forced colours an icon has the ink of what it is in', async ({ gatehouse: { page } }) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'light' })
  const icons = page.locator('svg:not([role="img"], [data-tone])')
  await expect(icons.first()).toBeVisible()
  const others = await icons.evaluateAll((all) =>
    all
      .filter(({ parentElement }) => parentElement)
      .filter((icon) => getComputedStyle(icon).color !== getComputedStyle(icon.parentElement ?? icon).color)
      .map(({ parentElement }) => parentElement?.outerHTML.slice(0, 120)),
  )
  expect(others).toEqual([])
})

test('in forced colours a box has the ring of its field, and a tag its edge', async ({ workbench }) => {
  const { page } = workbench
  await workbench.startPlayground()
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' })
  await workbench.openRoom('Requests')
  await page.getByRole('button', { name: 'New', exact: true }).click()
  const url = page.getByRole('textbox', { name: 'URL' })
  await url.fill('http://127.0.0.1:9/')
  const ring = (element: Locator, above?: string): Promise<string> =>
    element.evaluate((one, selector) => {
      const box = selector === undefined ? one : one.closest(selector)
      return box === null ? 'none' : getComputedStyle(box).outlineStyle
    }, above)
  await expect.poll(() => ring(url, '[data-box]')).toBe('solid')
  expect(await ring(url)).toBe('none')
  await page.keyboard.press('Control+Enter')
  const status = page.getByRole('group', { name: 'Response' }).getByText('No response', { exact: true })
  const frame = await status.evaluate((one) => {
    const { borderTopWidth, borderTopColor } = getComputedStyle(one)
    return `${borderTopWidth} ${borderTopColor}`
  })
  expect(frame).toBe('1px rgb(255, 255, 255)')
})

test('with less motion nothing else looks otherwise', async ({ gatehouse: { page } }) => {
  const grounds = (): Promise<string[]> =>
    page.evaluate(() => [...document.querySelectorAll('*')].map((one) => getComputedStyle(one).background))
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  // Of one picture of the page: at the start it may still be drawn on.
  await expect(async () => {
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    const before = await grounds()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await grounds()).toEqual(before)
  }).toPass()
})
