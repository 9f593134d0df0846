import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  findLinks,
  readLinkHeader,
} from '../../../../../src/renderer/src/features/requests/answer/links/find-links.ts'

function linksOf(body: unknown, link?: string, url = 'https://api.example/orders?page=2', from?: string) {
  const firstText = JSON.stringify(body)
  return findLinks({
    url,
    response: {
      status: 200,
      statusText: 'OK',
      headers: link === undefined ? [] : [['Link', link]],
      bodySize: firstText.length,
      contentType: 'application/json',
      truncated: false,
      firstText,
      ...(from !== undefined && { url: from }),
    },
  }).map(({ rel, url: to, title, isSame }) => [rel, to, ...(title === undefined ? [] : [title]), isSame])
}

describe('the links of a response', () => {
  it('are in its Link header', () => {
    expect(
      linksOf(
        {},
        '</orders?page=3>; rel="next"; title="Page \\"3\\"", <?page=1>;rel=prev , <https://b.example/a>; rel="author help"',
      ),
    ).toEqual([
      ['next', 'https://api.example/orders?page=3', 'Page "3"', true],
      ['prev', 'https://api.example/orders?page=1', true],
      ['author', 'https://b.example/a', false],
      ['help', 'https://b.example/a', false],
    ])
  })
  it('are in its body: next, HAL and JSON:API', () => {
    expect(linksOf({ next: '/orders?page=3', previous: null, last: 'Lovelace' })).toEqual([
      ['next', 'https://api.example/orders?page=3', true],
    ])
    expect(
      linksOf({
        _links: {
          self: { href: '/orders' },
          find: { href: '/orders{?id}', templated: true },
          items: [{ href: '/orders/1', title: 'One' }, { href: 'https://b.example/2' }],
          odd: { href: 3 },
        },
        links: { next: '?page=3', related: { href: '/customers' } },
      }),
    ).toEqual([
      ['items', 'https://api.example/orders/1', 'One', true],
      ['items', 'https://b.example/2', false],
      ['next', 'https://api.example/orders?page=3', true],
      ['related', 'https://api.example/customers', true],
    ])
  })
  it('lead nowhere but to web addresses, and are of another server where a redirect led to one', () => {
    expect(linksOf({ next: '//evil.example/a' })).toEqual([['next', 'https://evil.example/a', false]])
    expect(
      linksOf({ _links: { a: { href: 'javascript:alert(1)' }, b: { href: 'file:///etc/passwd' } } }),
    ).toEqual([])
    expect(linksOf({ next: '/b' }, undefined, 'https://api.example/a', 'https://other.example/a')).toEqual([
      ['next', 'https://other.example/b', false],
    ])
  })
  it('never fail, whatever the header', () => {
    fc.assert(
      fc.property(fc.string(), fc.stringMatching(/^[<>;,="a\\ ]*$/), (one, other) => {
        readLinkHeader(one)
        readLinkHeader(other)
      }),
    )
    const from = performance.now()
    readLinkHeader(`<a>${' ; a'.repeat(200_000)}`)
    readLinkHeader(`<a>; a="${'\\"'.repeat(300_000)}`)
    expect(performance.now() - from).toBeLessThan(5_000)
  })
})
