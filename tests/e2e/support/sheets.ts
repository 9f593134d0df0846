import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright/test'

/** Sizes of windows in pixels of the screen. */
const windows = [
  { width: 640, height: 480 },
  { width: 900, height: 600 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 2560, height: 1440 },
]
const looks = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
} as const
/** Sizes of the text in percent. */
const zooms = [100, 150, 200]

/** The width of a sheet, in pixels. */
const sheetWidth = 1560

interface Cell {
  says: string
  picture: string
}

/** What is asked for in an environment variable, words with commas between them; everything where there is none. */
function asked<One extends string | number>(name: string, all: readonly One[]): One[] {
  const wanted = process.env[name]?.split(',')
  return all.filter((one) => !wanted || wanted.includes(String(one)))
}

const frames = (page: Page): Promise<unknown> =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
  )

const drawn = (
  title: string,
  columns: number,
  cells: Cell[],
): string => `<!doctype html><meta charset="utf-8">
<style>
  body { margin: 12px; width: ${sheetWidth - 24}px; background: #777; font: 12px system-ui; color: #fff }
  main { display: grid; grid-template-columns: repeat(${columns}, 1fr); gap: 10px; align-items: start }
  figure { margin: 0 } img { display: block; max-width: 100% } h1 { font-size: 14px; margin: 0 0 8px }
</style><h1>${title}</h1><main>${cells
  .map(({ says, picture }) => `<figure>${says}<img src="data:image/png;base64,${picture}"></figure>`)
  .join('')}</main>`

/** Takes screens in every size, look and size of text, and lays them out on sheets: a screen and a size of text each,
 *  windows below one another, looks side by side. Opens a browser of its own to draw them. */
export async function createSheets(page: Page, folder: string) {
  await mkdir(folder, { recursive: true })
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  const paper = await browser.newPage({ viewport: { width: sheetWidth, height: 400 } })
  const widths = asked(
    'GATEHOUSE_SHEET_WIDTHS',
    windows.map(({ width }) => width),
  )
  const chosen = asked('GATEHOUSE_SHEET_LOOKS', Object.keys(looks) as (keyof typeof looks)[])
  const screens = process.env['GATEHOUSE_SHEET_SCREENS']?.split(',')

  async function take(zoom: number): Promise<Cell[]> {
    const cells: Cell[] = []
    for (const { width, height } of windows.filter((one) => widths.includes(one.width))) {
      // A page at 200 % is laid out as one in a window of half the size.
      const css = { width: Math.round((width * 100) / zoom), height: Math.round((height * 100) / zoom) }
      await page.setViewportSize(css)
      for (const look of chosen) {
        await page.emulateMedia({ ...looks[look], reducedMotion: 'reduce' })
        await frames(page)
        const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
        cells.push({
          says: `${width} px, ${zoom} %, ${look} (${css.width} × ${css.height})`,
          picture: picture.toString('base64'),
        })
      }
    }
    return cells
  }
  return {
    async shoot(screen: string): Promise<void> {
      if (screens && !screens.includes(screen)) return
      for (const zoom of asked('GATEHOUSE_SHEET_ZOOMS', zooms)) {
        await paper.setContent(drawn(screen, chosen.length, await take(zoom)))
        await paper.locator('main').waitFor()
        const sheet = await paper.screenshot({ fullPage: true })
        const file = join(folder, `${screen}-${zoom}.png`)
        await rm(file, { force: true })
        await writeFile(file, sheet)
      }
      await page.emulateMedia({ colorScheme: null, forcedColors: null, reducedMotion: 'reduce' })
      await page.setViewportSize({ width: 1280, height: 800 })
    },
    close: () => browser.close(),
  }
}
