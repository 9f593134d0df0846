import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { style } from './style.ts'

export type Asset = { type: string; body: string | Buffer }

// After a form whose answer leaves for another program the page stays where it is: say so.
const leaveScript = `document.addEventListener('submit', (event) => {
  const form = event.target
  if (!form.dataset.leaves) return
  setTimeout(() => {
    for (const button of form.querySelectorAll('button')) button.disabled = true
    const note = form.querySelector('.leaving')
    if (!note) return
    form.querySelector('.buttons').hidden = true
    note.hidden = false
  }, 0)
})
`

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M4 21V9a8 8 0 0 1 16 0v12M8 21v-9a4 4 0 0 1 8 0v9M2 21h20" fill="none" stroke="#3f55d8" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/></svg>`

const fonts = {
  '/assets/inter.woff2': '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  '/assets/jetbrains-mono.woff2':
    '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
}

/** The files that the pages load, by their path. */
export function loadAssets(): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>([
    ['/assets/playground.css', { type: 'text/css; charset=utf-8', body: style }],
    ['/assets/leave.js', { type: 'text/javascript; charset=utf-8', body: leaveScript }],
    ['/assets/icon.svg', { type: 'image/svg+xml', body: icon }],
  ])
  for (const [path, file] of Object.entries(fonts)) {
    const body = readFont(file)
    if (body) assets.set(path, { type: 'font/woff2', body })
  }
  return assets
}

/** From its package, or from beside the built program. Without either the pages use the system's own fonts. */
function readFont(file: string): Buffer | undefined {
  for (const find of [
    () => createRequire(import.meta.url).resolve(file),
    () => new URL(`./fonts/${basename(file)}`, import.meta.url),
  ]) {
    try {
      return readFileSync(find())
    } catch {
      // Not there: the next place.
    }
  }
  return undefined
}
