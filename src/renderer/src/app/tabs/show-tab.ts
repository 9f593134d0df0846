/** Brings the open tab into its strip, and what it shows into a small window, where the list is above and the window
 *  scrolls. Who used the rail wants its list, which stays. */
export function showOpenTab(tab: Element): void {
  showInStrip(tab)
  if (!document.activeElement?.closest('[data-pane="rail"]')) tab.closest('main')?.scrollIntoView()
}

/** Scrolls the strip alone, and only as far as the tab needs. */
export function showInStrip(tab: Element): void {
  const strip = tab.closest('[data-overflows]')
  if (!strip) return
  const [own, room] = [tab.getBoundingClientRect(), strip.getBoundingClientRect()]
  if (own.left < room.left) strip.scrollLeft -= room.left - own.left
  else if (own.right > room.right) strip.scrollLeft += own.right - room.right
}
