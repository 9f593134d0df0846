import type { Page } from 'playwright/test'

/** What may scroll sideways: code, tables, trees, drawings of time, and strips of tabs, which keep the chosen one in sight. */
const mayScroll =
  'pre, code, table, .cm-scroller, [role="table"], [role="tree"], [role="tablist"], [data-sideways], :has(> table), :has(> [role="tablist"])'

/** How often the page is looked at: what measures itself is laid out anew a few frames after the window's size. */
const mostLooks = 8

/** What is cut off, or scrolls sideways, on the page once it is laid out; nothing where all is in reach. What is longer
 *  than its line and ends in “…” counts as shown. */
export async function cutOff(page: Page): Promise<string[]> {
  let found: string[] = []
  for (let looks = 0; looks < mostLooks; looks += 1) {
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
    )
    found = await cutOffNow(page)
    if (found.length === 0) return found
  }
  return found
}

function cutOffNow(page: Page): Promise<string[]> {
  return page.evaluate((allowed) => {
    const found: string[] = []
    const told = (element: Element): string =>
      `${element.tagName.toLowerCase()}${element.id && !element.id.includes(':') ? `#${element.id}` : ''}.${element.getAttribute('class')?.split(' ')[0] ?? ''} “${(element.textContent ?? '').trim().slice(0, 40)}”`
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth > clientWidth) found.push(`the page scrolls sideways: ${scrollWidth} in ${clientWidth}`)
    const hidden = (element: Element): boolean =>
      !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ||
      element.closest('.visually-hidden, [inert], [aria-hidden="true"]') !== null
    for (const element of document.body.querySelectorAll('*')) {
      if (hidden(element) || element.closest('svg')) continue
      const style = getComputedStyle(element)
      const wide = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1
      const scrolls = style.overflowX === 'auto' || style.overflowX === 'scroll'
      if (wide && scrolls && !element.closest(allowed))
        found.push(`scrolls sideways, ${element.scrollWidth} in ${element.clientWidth}: ${told(element)}`)
      if (!element.matches('a, button, input, select, textarea, h1, h2, h3, p, label, [role="tab"], li'))
        continue
      if (element.closest(allowed) || style.clipPath !== 'none') continue
      const box = element.getBoundingClientRect()
      if (box.width < 2 || style.opacity === '0') continue
      let [left, right] = [0, clientWidth]
      let by = 'the window'
      for (let at = element.parentElement; at && style.position !== 'fixed'; at = at.parentElement) {
        if (getComputedStyle(at).overflowX === 'visible') continue
        const outer = at.getBoundingClientRect()
        if (outer.left > left || outer.right < right) by = told(at)
        ;[left, right] = [Math.max(left, outer.left), Math.min(right, outer.right)]
        // A dialog is above the page: nothing around it cuts it off.
        if (at.matches('dialog:modal')) break
      }
      if (box.left < left - 1 || box.right > right + 1)
        found.push(
          `cut off at ${Math.round(left)} to ${Math.round(right)} by ${by}, is ${Math.round(box.left)} to ${Math.round(box.right)}: ${told(element)}`,
        )
    }
    return found
  }, mayScroll)
}
