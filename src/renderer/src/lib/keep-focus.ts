/** Where the keyboard goes when nothing nearer is left: the first of these that is there. Each can take the focus. */
const lastResorts = ['dialog[open]', '[data-pane="main"]', 'main input, main button']

/** Keeps the focus out of the body: when what had it is removed, hidden or turned off, the nearest part of the page
 *  that is left takes it. Whoever moves the focus in the same moment goes first. */
export function keepFocus(page: Document): void {
  /** What had the focus last, then what held it, from the inside out. */
  let trail: Element[] = []
  let asked = false

  function check(): void {
    asked = false
    const had = trail[0]
    if (!had || page.activeElement !== page.body || canHold(had)) return
    nearest(page, trail)?.focus({ preventScroll: true })
  }
  page.addEventListener('focusin', ({ target }) => {
    trail = []
    for (let at = target instanceof Element ? target : null; at; at = at.parentElement) trail.push(at)
  })
  new MutationObserver(() => {
    if (asked || page.activeElement !== page.body) return
    asked = true
    requestAnimationFrame(check)
  }).observe(page.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['disabled', 'hidden', 'open'],
  })
}

function canHold(element: Element): boolean {
  return element.isConnected && !element.matches(':disabled') && element.checkVisibility()
}

function nearest(page: Document, trail: Element[]): HTMLElement | undefined {
  const left = trail
    .slice(1)
    .filter((at) => at.isConnected && at !== page.body && at !== page.documentElement)
  const pane = left.find((at) => at.matches('[data-pane], dialog[open], [role="tabpanel"][tabindex]'))
  // In a list its chosen row, or its one row that Tab reaches, is nearer than the list itself.
  const row = pane?.matches('[data-pane="list"]')
    ? pane.querySelector('[aria-current], li [tabindex="0"], li button')
    : null
  const found = [row, pane, ...lastResorts.map((selector) => page.querySelector(selector))].find(Boolean)
  return found instanceof HTMLElement ? found : undefined
}
