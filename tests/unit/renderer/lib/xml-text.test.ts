import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prettyXml, xmlFaults } from '../../../../src/renderer/src/lib/code/xml-text.ts'

const placesIn = (text: string) => xmlFaults(text).map(({ from, message }) => [from, message])

describe('XML as it is typed', () => {
  it('has its faults at their places', () => {
    expect(placesIn('<a>\n <b>\n</a>')).toEqual([[9, 'An element is not closed before here.']])
    expect(placesIn('<a></b>')[0]).toEqual([3, '</b> closes no element that is open here.'])
    expect(placesIn('<a>x & y</a>')).toEqual([[5, 'An & that begins no name is written &amp; in XML.']])
    expect(placesIn('<a')[0]).toEqual([2, 'Something is missing at the end.'])
  })

  it('has none where it is XML, whatever its variables are', () => {
    for (const text of ['', '<a/>', '<?xml version="1.0"?><a b="{{x}}">{{ y }}</a>', '<{{tag}}/>'])
      expect(placesIn(text)).toEqual([])
    expect(xmlFaults('<a'.repeat(200_000))).toEqual([])
  })

  it('is laid out an element a line, text as it is', () => {
    expect(prettyXml('<a><b x="{{y}}"> t </b><!-- c --><p>one <i>two</i></p></a>')).toBe(
      '<a>\n  <b x="{{y}}"> t </b>\n  <!-- c -->\n  <p>one <i>two</i></p>\n</a>',
    )
    expect(prettyXml('<a>')).toBeNull()
  })

  it('answers any text, and never throws', () => {
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<b/>',
      '&amp;',
      '&',
      '<',
      '>',
      '"',
      ' x="1"',
      '<!--',
      '-->',
      'text',
      '{{x}}',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('')
        for (const { from, to } of xmlFaults(text)) expect(from).toBeLessThanOrEqual(to)
        const pretty = prettyXml(text)
        if (pretty !== null) expect(pretty.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      }),
      { numRuns: 500 },
    )
  })
})
