import type { Page } from 'playwright/test'

const folder = process.env['GATEHOUSE_SHOTS']
const sizes = { usual: { width: 1280, height: 800 }, small: { width: 900, height: 600 } }

/** Keeps a picture of what a test sees, in both themes and sizes; only where `GATEHOUSE_SHOTS` names a folder. */
export const keepShots = async (page: Page, name: string): Promise<void> => {
  if (folder === undefined) return
  for (const [size, pixels] of Object.entries(sizes)) {
    await page.setViewportSize(pixels)
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await page.screenshot({ path: `${folder}/${name}-${size}-${theme}.png`, animations: 'disabled' })
    }
  }
  await page.setViewportSize(sizes.usual)
}
