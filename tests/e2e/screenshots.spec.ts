import { chromium } from 'playwright/test'
import { test } from './fixtures.ts'
import { createCamera } from './support/camera.ts'
import { alice, walkScreens } from './support/every-screen.ts'
import { createSheets } from './support/sheets.ts'
import { startShopApi } from './support/shop-api.ts'
import { walkDay } from './support/working-day.ts'

// `npm run screenshots`: every screen, light and dark, into docs/screenshots.
test.skip(process.env['GATEHOUSE_SCREENSHOTS'] !== '1', 'takes pictures only when asked')
test.setTimeout(300_000)

/** The playground's own pages, as the browser shows them. */
const shootBrowser = async (url: string): Promise<void> => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    const camera = createCamera(page)
    await camera.prepare()
    await page.goto(url)
    await page.getByLabel('Username').waitFor()
    await camera.shoot('playground-login')
    await page.getByLabel('Username').fill(alice.username)
    await page.getByLabel('Password').fill(alice.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Allow' }).waitFor()
    await camera.shoot('playground-consent')
  } finally {
    await browser.close()
  }
}

test('every screen @screenshots', async ({ home, gatehouse }) => {
  const { prepare, shoot } = createCamera(gatehouse.page)
  await prepare()
  await walkScreens({ home, gatehouse, look: shoot, atProvider: shootBrowser })
})

test('every screen in every size, on sheets @sheets', async ({ home, gatehouse }) => {
  const folder = process.env['GATEHOUSE_SHEETS'] ?? ''
  test.skip(folder === '', 'draws sheets only when asked')
  test.setTimeout(3_600_000)
  await gatehouse.page.setViewportSize({ width: 1280, height: 800 })
  const sheets = await createSheets(gatehouse.page, folder)
  try {
    await walkScreens({ home, gatehouse, look: (screen) => sheets.shoot(screen) })
  } finally {
    await sheets.close()
  }
})

/** Screens of the working day that are kept in docs/screenshots. */
const kept = new Set([
  'day-params',
  'day-body-json',
  'day-table',
  'day-response-events',
  'day-selection',
  'day-run',
  'day-environments',
])

test('a working day with a collection of forty requests @screenshots', async ({ home, gatehouse }) => {
  const { prepare, shoot } = createCamera(gatehouse.page)
  const api = await startShopApi()
  try {
    await prepare()
    await walkDay({
      home,
      gatehouse,
      origin: api.origin,
      look: async (screen, options) => {
        if (kept.has(screen)) await shoot(screen, options)
      },
    })
  } finally {
    await api.stop()
  }
})

test('a working day with a collection of forty requests, on sheets @sheets', async ({ home, gatehouse }) => {
  const folder = process.env['GATEHOUSE_SHEETS'] ?? ''
  test.skip(folder === '', 'draws sheets only when asked')
  test.setTimeout(3_600_000)
  await gatehouse.page.setViewportSize({ width: 1280, height: 800 })
  const sheets = await createSheets(gatehouse.page, folder)
  const api = await startShopApi()
  try {
    await walkDay({ home, gatehouse, origin: api.origin, look: (screen) => sheets.shoot(screen) })
  } finally {
    await sheets.close()
    await api.stop()
  }
})
