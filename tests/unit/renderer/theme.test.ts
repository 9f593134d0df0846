import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '..', '..', '..', 'src', 'renderer', 'src')
const tokens = await readFile(join(folder, 'app', 'tokens.css'), 'utf8')

/** Light and dark of every colour of the theme, as `#rrggbb`. */
const theme = new Map(
  [...tokens.matchAll(/--([\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\);/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
)
const themes = ['light', 'dark'] as const

/** Relative luminance of a colour (WCAG 2.2, “relative luminance”). */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrast = (one: string, other: string): number => {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

/** Pairs of the theme that are below this contrast, with what they have. */
const below = (least: number, marks: string[], grounds: string[]): string[] =>
  marks.flatMap((mark) =>
    grounds.flatMap((ground) =>
      themes.flatMap((name) => {
        const [one, other] = [theme.get(mark)?.[name], theme.get(ground)?.[name]]
        if (one === undefined || other === undefined) return [`${mark} or ${ground} is not in the theme`]
        const has = contrast(one, other)
        return has < least ? [`${name}: ${mark} on ${ground} has ${has.toFixed(2)}`] : []
      }),
    ),
  )

test('black on white has 21:1, and two equal colours have 1:1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
  expect(contrast('#80848f', '#80848f')).toBe(1)
})

const grounds = ['bg', 'panel', 'sunken', 'raised', 'hover', 'select']

test('borders of fields, the ring of the focus and switches have 3:1 on every ground', () => {
  expect(below(3, ['field', 'accent', 'ink-3', 'bad'], grounds)).toEqual([])
})

test('fills that say how long a token lasts have 3:1 on what they are drawn on', () => {
  expect(below(3, ['ok-fill', 'warn-fill', 'bad-fill'], ['bg', 'panel', 'sunken'])).toEqual([])
})

test('text has 4.5:1 on every ground', () => {
  expect(below(4.5, ['ink', 'ink-2', 'accent'], grounds)).toEqual([])
  expect(below(4.5, ['ink-3', 'ok', 'warn', 'bad'], ['bg', 'panel', 'sunken', 'raised'])).toEqual([])
  expect(below(4.5, ['accent-ink'], ['accent', 'accent-strong'])).toEqual([])
})

test('every colour that the page asks for is in the theme', async () => {
  const all = await readdir(folder, { recursive: true })
  const files = all.filter((name) => name.endsWith('.css'))
  const asked = new Set<string>()
  const given = new Set<string>()
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8')
    for (const [, name = ''] of text.matchAll(/var\(--([\w-]+)\)/g)) asked.add(name)
    for (const [, name = ''] of text.matchAll(/--([\w-]+):/g)) given.add(name)
  }
  // What a component counts, it gives in its style.
  for (const file of all.filter((name) => name.endsWith('.tsx'))) {
    const text = await readFile(join(folder, file), 'utf8')
    for (const [, name = ''] of text.matchAll(/'--([\w-]+)':/g)) given.add(name)
  }
  expect(files.length).toBeGreaterThan(20)
  // Radix sets its own on what it opens.
  const wanting = [...asked].filter((name) => !given.has(name) && !name.startsWith('radix-'))
  expect(wanting.toSorted()).toEqual([])
})

/** Each rule of the page's style sheets, as `file: selector { … }`. */
async function rules(): Promise<string[]> {
  const files = await readdir(folder, { recursive: true })
  const sheets = files.filter((file) => file.endsWith('.css'))
  const texts = await Promise.all(
    sheets.map(async (file) => ({ file, text: await readFile(join(folder, file), 'utf8') })),
  )
  return texts.flatMap(({ file, text }) =>
    [...text.replaceAll(/\/\*.*?\*\//gs, '').matchAll(/[^{}]+\{[^{}]*\}/g)].map(
      ([rule]) => `${file}: ${rule.trim()}`,
    ),
  )
}

test('wire data is written without ligatures', async () => {
  const mono = (await rules()).filter((rule) => /font(?:-family)?: [^;]*var\(--mono\)/.test(rule))
  expect(mono.length).toBeGreaterThan(30)
  // The shorthand sets them back, so that each rule says it.
  expect(mono.filter((rule) => !rule.includes('font-variant-ligatures: none'))).toEqual([])
})

test('lines of tables follow the theme: no table collapses its borders', async () => {
  expect((await rules()).filter((rule) => rule.includes('border-collapse: collapse'))).toEqual([])
})
