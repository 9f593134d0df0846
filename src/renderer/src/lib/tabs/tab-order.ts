interface Ordered {
  id: string
  preview?: boolean
}

/** The tabs with one of them moved to that place, or to the end that is nearest to it. */
export function movedTo<Tab extends Ordered>(tabs: Tab[], id: string, place: number): Tab[] {
  const from = tabs.findIndex((tab) => tab.id === id)
  const tab = tabs[from]
  const to = Math.min(Math.max(place, 0), tabs.length - 1)
  return !tab || from === to ? tabs : tabs.toSpliced(from, 1).toSpliced(to, 0, tab)
}

/** The tabs with a preview: in the place of the one before, or last. */
export function withPreview<Tab extends Ordered>(tabs: Tab[], preview: Tab): Tab[] {
  const at = tabs.findIndex((tab) => tab.preview)
  return at < 0 ? [...tabs, preview] : tabs.with(at, preview)
}

/** The tabs with this one kept: it is no longer a preview. */
export function withKept<Tab extends Ordered>(tabs: Tab[], id: string): Tab[] {
  const at = tabs.findIndex((tab) => tab.id === id && tab.preview)
  const tab = tabs[at]
  return tab ? tabs.with(at, { ...tab, preview: undefined }) : tabs
}
