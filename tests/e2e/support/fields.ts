import type { Page } from 'playwright/test'

/** Fields whose border, theirs or that of what they are drawn in, has less than 3:1 on the ground around it (WCAG 2.2,
 *  1.4.11), in the theme that is shown. Boxes to tick are drawn by Chromium, which has its own. */
export function faintFields(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const paper = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    /** Red, green and blue of a colour over another, 0 to 255. */
    const channels = (colour: string, over: string): number[] => {
      if (!paper) return [0, 0, 0]
      paper.fillStyle = over
      paper.fillRect(0, 0, 1, 1)
      paper.fillStyle = colour
      paper.fillRect(0, 0, 1, 1)
      return [...paper.getImageData(0, 0, 1, 1).data.slice(0, 3)]
    }
    const luminance = (colour: string, over: string): number => {
      const [red = 0, green = 0, blue = 0] = channels(colour, over)
        .map((value) => value / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const groundOf = (from: Element | null): string => {
      for (let at = from; at; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at)
        if (!backgroundColor.endsWith(', 0)') && backgroundColor !== 'transparent') return backgroundColor
      }
      return 'Canvas'
    }
    const contrast = (one: number, other: number): number =>
      (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
    const found: string[] = []
    const fields = document.querySelectorAll(
      'input:not([type="checkbox"], [type="radio"]), textarea, select, [role="combobox"], .cm-editor',
    )
    for (const field of fields) {
      if (!field.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
      // A field is often drawn by what holds it: the nearest border counts.
      let best = 0
      for (let at: Element | null = field, up = 0; at && up < 8; at = at.parentElement, up += 1) {
        const { borderBottomWidth, borderBottomColor } = getComputedStyle(at)
        if (parseFloat(borderBottomWidth) === 0) continue
        const ground = groundOf(at.parentElement)
        best = contrast(luminance(borderBottomColor, ground), luminance(ground, 'white'))
        if (best >= 3) break
      }
      if (best < 3)
        found.push(
          `${best.toFixed(2)}: ${field.tagName.toLowerCase()} “${field.getAttribute('aria-label') ?? field.getAttribute('placeholder') ?? field.id}”`,
        )
    }
    return found
  })
}
