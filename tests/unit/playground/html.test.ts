import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { html } from '../../../src/playground/pages/html.ts'

describe('html', () => {
  it('escapes everything that comes from outside', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { markup } = html`<p title="${text}">${text}</p>`
        expect(markup.slice('<p title="'.length, -'</p>'.length)).not.toMatch(/<|'|"(?!>)/)
        expect(markup).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/)
      }),
    )
  })

  it('keeps what it made itself, and leaves out what is not there', () => {
    const markup = html`<b>${[1, 2].map((n) => html`<i>${n}</i>`)}${undefined}${false}${null}</b>${'<b>'}`
      .markup
    expect(markup).toBe('<b><i>1</i><i>2</i></b>&lt;b&gt;')
  })
})
