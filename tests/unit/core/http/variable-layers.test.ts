import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layeredVariables } from '../../../../src/core/http/variable-layers.ts'
import { resolveDraft, type VariableValue } from '../../../../src/core/http/variables.ts'
import type { RequestDraft } from '../../../../src/core/contract/requests.ts'

const values = (all: Record<string, string | VariableValue>): Map<string, VariableValue> =>
  new Map(
    Object.entries(all).map(([name, value]) => [
      name,
      typeof value === 'string' ? { value, secret: false } : value,
    ]),
  )
const files = (all: Record<string, string | VariableValue>) => ({ values: values(all), expands: true })
const draft = (url: string): RequestDraft => ({
  method: 'GET',
  url,
  query: [],
  headers: [],
  body: { kind: 'none' },
  accountId: null,
})

describe('variables of several places', () => {
  it('are taken from the nearest, and put into each other wherever they stand', () => {
    const { get } = layeredVariables([
      files({ host: 'near.example' }),
      files({ base: 'https://{{host}}/{{ version }}', host: 'far.example' }),
      { values: values({ version: '{{host}}' }), expands: false },
    ])
    expect(get('base')).toEqual({ value: 'https://near.example/{{host}}', secret: false })
    expect(get('nobody')).toBeUndefined()
    expect(get('constructor')).toBeUndefined()
  })

  it('say which secrets they are made of', () => {
    const { get } = layeredVariables([
      files({ header: 'Bearer {{token}}', twice: '{{header}} {{token}}' }),
      { values: values({ token: { value: 't0p-secret', secret: true } }), expands: false },
    ])
    expect(get('twice')).toMatchObject({ value: 'Bearer t0p-secret t0p-secret', secret: true })
    expect([...(get('twice')?.within ?? [])]).toEqual([['token', 't0p-secret']])
    const resolved = resolveDraft(draft('https://x/{{header}}'), { get }, 'local')
    expect(resolved.ok && [...resolved.value.secrets]).toEqual([['token', 't0p-secret']])
  })

  it('name what they lack, and are not known where they come back to themselves', () => {
    const { get } = layeredVariables([
      files({ a: '{{b}}', b: '{{a}}', self: 'x{{self}}', lacks: '{{gone}}' }),
    ])
    expect(get('lacks')).toEqual({ value: '{{gone}}', secret: false, unknown: ['gone'] })
    expect(get('self')?.unknown).toEqual(['self'])
    expect(resolveDraft(draft('{{a}}'), { get }, 'local')).toMatchObject({
      ok: false,
      error: { code: 'variable_unknown' },
    })
    expect(resolveDraft(draft('{{lacks}}'), { get }, 'local')).toMatchObject({
      error: { message: expect.stringContaining('{{gone}}') },
    })
  })

  it('do not grow beyond measure', () => {
    const bomb: Record<string, string> = { a0: 'x'.repeat(1_000) }
    for (let at = 1; at < 12; at += 1) bomb[`a${at}`] = `{{a${at - 1}}}`.repeat(20)
    expect(layeredVariables([files(bomb)]).get('a2')).toBeUndefined()
    expect(layeredVariables([files(bomb)]).get('a11')?.unknown).toEqual(['a10'])
    const many = '{{a2}}'.repeat(1_000)
    expect(
      resolveDraft(
        { ...draft('https://x'), body: { kind: 'text', text: many, contentType: 'text/plain' } },
        layeredVariables([{ values: values({ a2: 'x'.repeat(100_000) }), expands: false }]),
        'local',
      ),
    ).toMatchObject({ ok: false, error: { code: 'variable_too_large' } })
  })

  it('end whatever names whatever', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e')
    const text = fc
      .array(
        fc.oneof(
          name.map((one) => `{{${one}}}`),
          fc.string({ maxLength: 3 }),
        ),
      )
      .map((each) => each.join(''))
    fc.assert(
      fc.property(fc.dictionary(name, text), (all) => {
        const { get } = layeredVariables([files(all)])
        for (const each of Object.keys(all))
          expect((get(each)?.value ?? '').length).toBeLessThanOrEqual(262_144)
      }),
    )
  })

  it('ask for what changes each time', () => {
    let count = 0
    const { get } = layeredVariables([files({ $uuid: 'none', id: '{{$uuid}}' })], (name) =>
      name === '$uuid' ? String((count += 1)) : undefined,
    )
    const resolved = resolveDraft(draft('{{$uuid}}-{{$uuid}}-{{id}}'), { get }, 'local')
    expect(resolved.ok && resolved.value.draft.url).toBe('1-2-3')
    expect(resolveDraft(draft('{{$nothing}}'), { get }, 'local')).toMatchObject({ ok: false })
  })
})
