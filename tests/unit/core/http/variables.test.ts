import { describe, expect, it } from 'vitest'
import { addressText } from '@contract/tables/addresses'
import type { RequestDraft } from '../../../../src/core/contract/requests.ts'
import { resolveDraft, variableSecrets } from '../../../../src/core/http/variables.ts'
import { createScrubber } from '../../../../src/core/secrecy/scrub.ts'

const draft = (part: Partial<RequestDraft> = {}): RequestDraft => ({
  method: 'GET',
  url: 'https://api.example/',
  query: [],
  headers: [],
  body: { kind: 'none' },
  accountId: null,
  ...part,
})
const variables = new Map([
  ['base', { value: 'https://api.example', secret: false }],
  ['key', { value: 'k e&y"', secret: true }],
  ['nested', { value: '{{base}}', secret: false }],
])

describe('resolveDraft', () => {
  it('puts values into URL, parameters, headers and body', () => {
    const row = { name: 'X-{{ base }}', value: '{{key}}', enabled: true }
    const resolved = resolveDraft(
      draft({
        url: '{{base}}/orders',
        query: [row],
        headers: [row],
        body: { kind: 'json', text: '"{{base}}"' },
      }),
      variables,
      'local',
    )
    expect(resolved).toMatchObject({
      ok: true,
      value: {
        draft: {
          url: 'https://api.example/orders',
          query: [{ name: 'X-https://api.example', value: 'k%20e%26y"' }],
          headers: [{ value: 'k e&y"' }],
          body: { text: '"https://api.example"' },
        },
      },
    })
    expect(resolved.ok && [...resolved.value.secrets]).toEqual([['key', 'k e&y"']])
  })
  it('takes a value in a query for data, and what is typed beside it as it is', () => {
    const values = new Map(
      Object.entries({
        more: 'a=1&b=%2F#',
        cursor: 'x+/=&50%',
        done: '%2F%e9',
        base: 'https://a.example',
      }).map(([name, value]) => [name, { value, secret: false }]),
    )
    const resolved = resolveDraft(
      draft({ url: '{{base}}/x?{{more}}&c=+{{cursor}}&d={{done}}&{{cursor}}=1#{{done}}' }),
      values,
      'local',
    )
    if (!resolved.ok) throw new Error(resolved.error.message)
    expect(addressText(resolved.value.draft)).toBe(
      'https://a.example/x?a=1&b=%2F%23&c=+x%2B/%3D%2650%25&d=%2F%e9&x%2B/%3D%2650%25=1#%2F%e9',
    )
  })
  it('does not look into values again, and leaves rows alone that are switched off', () => {
    const off = { name: 'a', value: '{{nobody}}', enabled: false }
    expect(resolveDraft(draft({ url: '{{nested}}', query: [off] }), variables, 'local')).toMatchObject({
      ok: true,
      value: { draft: { url: '{{base}}', query: [off] } },
    })
  })
  it('names what is not known, before anything is sent', () => {
    expect(resolveDraft(draft({ url: '{{bas}}/{{constructor}}' }), variables, 'staging')).toMatchObject({
      ok: false,
      error: {
        code: 'variable_unknown',
        message: '{{bas}}, {{constructor}} are not known in the environment “staging”. Nothing was sent.',
      },
    })
  })
  it('leaves braces alone that are no variable', () => {
    const body = { kind: 'json', text: '{"a":{"b":{}}} {{1x}} {{}}' } as const
    expect(resolveDraft(draft({ body }), variables, 'local')).toMatchObject({
      ok: true,
      value: { draft: { body } },
    })
  })
})

it('shows the name of a secret variable in every spelling that a request carries', () => {
  const cover = createScrubber(variableSecrets(new Map([['key', 'k e&y"']])))
  expect(cover.text('raw k e&y" url k%20e%26y%22 form k+e%26y%22 json k e&y\\"')).toBe(
    'raw {{key}} url {{key}} form {{key}} json {{key}}',
  )
})
