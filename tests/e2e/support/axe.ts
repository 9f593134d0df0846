import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright/test'

const source = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'))

/** What hangs on the theme alone. */
const ofColours = ['color-contrast']
/** What hangs on the size of the text. */
const ofSizes = ['color-contrast', 'scrollable-region-focusable', 'target-size']
/** Beyond WCAG's A and AA, what makes a screen easy to walk through. */
const beyond = ['page-has-heading-one', 'heading-order', 'empty-table-header', 'label-content-name-mismatch']
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export const usual = { width: 1280, height: 800 }
/** The usual window at 150 %: what is drawn has two thirds of the room. */
const larger = { width: 853, height: 533 }

async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
  )
}

async function run(page: Page, options: RunOptions): Promise<string[]> {
  const found = await page.evaluate(async (asked) => {
    const { axe } = globalThis as unknown as {
      axe: { run: (where: Document, options: unknown) => Promise<AxeResults> }
    }
    const { violations } = await axe.run(document, asked)
    // A menu is drawn over the page, outside of its regions, and holds the focus while it is open.
    const inMenu = (target: unknown): boolean =>
      typeof target === 'string' && Boolean(document.querySelector(target)?.closest('[role="menu"]'))
    return violations
      .flatMap(({ id, nodes }) => nodes.map(({ target, html }) => ({ id, target, html })))
      .filter(({ id, target }) => id !== 'region' || !inMenu(target[0]))
  }, options)
  return found.map(({ id, target, html }) => `${id}: ${target.join(' ')} ${html.slice(0, 160)}`)
}

/** What axe finds on the screen as it is: every rule in the light theme, and those that a theme or a larger text can
 *  break, in the dark one and at 150 %. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Evaluated by the debugger: the page's policy lets no script in.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await readFile(source, 'utf8'))
  const found: string[] = []
  const add = async (state: string, options: RunOptions): Promise<void> => {
    await settled(page)
    for (const says of await run(page, { resultTypes: ['violations'], ...options }))
      found.push(`${state}, ${says}`)
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await add('light', {
    runOnly: { type: 'tag', values: standards },
    rules: Object.fromEntries(beyond.map((rule) => [rule, { enabled: true }])),
  })
  await page.setViewportSize(larger)
  await add('light, 150 %', { runOnly: { type: 'rule', values: ofSizes } })
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await add('dark, 150 %', { runOnly: { type: 'rule', values: ofColours } })
  await page.setViewportSize(usual)
  await add('dark', { runOnly: { type: 'rule', values: ofColours } })
  return found
}
