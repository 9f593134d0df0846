import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { squeezePng } from './squeeze-png.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'docs', 'screenshots')
const sizes = { usual: { width: 1280, height: 800 }, small: { width: 900, height: 600 } }

/** Takes a page in both themes into docs/screenshots. */
export const createCamera = (page: Page) => {
  const take = async (name: string, theme: 'light' | 'dark'): Promise<void> => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    // Two frames later the other theme is painted.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
    )
    const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
    await writeFile(join(folder, `${name}.png`), squeezePng(picture))
  }
  return {
    async prepare(): Promise<void> {
      await mkdir(folder, { recursive: true })
      await page.setViewportSize(sizes.usual)
    },
    /** Both themes at the usual size, or the light one alone; with `small` that in a small window too. */
    async shoot(name: string, { small = false, lightOnly = false } = {}): Promise<void> {
      // Away from whatever shows a tip.
      await page.mouse.move(700, 790)
      if (small) {
        await page.setViewportSize(sizes.small)
        await take(`${name}-small`, 'light')
        await page.setViewportSize(sizes.usual)
      }
      if (!lightOnly) await take(`${name}-dark`, 'dark')
      await take(`${name}-light`, 'light')
    },
  }
}
