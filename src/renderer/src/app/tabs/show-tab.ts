/** Brings the open tab into its strip, and what it shows into a small window, where the list is above and the window
 *  scrolls. Who used the rail wants its list, which stays. */
export function showOpenTab(tab: Element): void {
  showInStrip(tab)
  if (!document.activeElement?.closest('[data-pane="rail"]')) tab.closest('main')?.scrollIntoView()
}

/** How much of the strip's ends fades, in pixels. */
const fade = 28

/** Scrolls the strip alone, as far as the tab needs not to fade at an end. */
export function showInStrip(tab: Element): void {
  const strip = tab.closest('[data-overflows]')
  if (!strip) return
  const [own, room] = [tab.getBoundingClientRect(), strip.getBoundingClientRect()]
  const [before, after] = [own.left - room.left - fade, own.right - room.right + fade]
  if (before < 0) strip.scrollLeft += before
  else if (after > 0) strip.scrollLeft += Math.min(after, before)
}
