import { chromium, type Page } from 'playwright/test'

/** Opens an address of the playground in a browser of its own, lets `does` sign in there, and answers the redirect to
 *  Gatehouse's own scheme, which this browser has no program for. */
export async function inBrowser(address: string, does: (page: Page) => Promise<void>): Promise<string> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    const redirect = page.waitForResponse(
      (response) => /^app\.gatehouse/.test(response.headers()['location'] ?? ''),
      { timeout: 60_000 },
    )
    await page.goto(address)
    await Promise.all([redirect, does(page)])
    return (await redirect).headers()['location'] ?? ''
  } finally {
    await browser.close()
  }
}
