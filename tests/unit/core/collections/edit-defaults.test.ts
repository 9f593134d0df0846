import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDefaults, editEnvironment } from '../../../../src/core/collections/scope/edit-defaults.ts'
import { variablesOf, type FileVariable } from '../../../../src/core/collections/scope/edit-variables.ts'
import { readDefaults } from '../../../../src/core/collections/read-container.ts'
import { readEnvironment } from '../../../../src/core/collections/scope/read-environment.ts'
import type { Pair } from '../../../../src/core/contract/requests.ts'
import { collectionSamples } from '../../../support/collection-samples.ts'

function defaults(text: string, headers: Pair[], variables: FileVariable[]): string {
  const read = readDefaults(text)
  if (!read.ok) throw new Error(read.fault.reason)
  const answer = editDefaults(read.container, { headers, variables })
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}
function environment(text: string, variables: FileVariable[]): string {
  const read = readEnvironment(text)
  if (!read.ok) throw new Error(read.fault.reason)
  const answer = editEnvironment(read.environment, variables)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}
function inDefaults(text: string): { headers: Pair[]; variables: FileVariable[] } {
  const read = readDefaults(text)
  if (!read.ok) throw new Error(read.fault.reason)
  const { headers, variables } = read.container.defaults
  return {
    headers: headers.map(({ name, value, enabled }) => ({ name, value, enabled })),
    variables: variablesOf(variables),
  }
}
function inEnvironment(text: string): FileVariable[] {
  const read = readEnvironment(text)
  return read.ok ? variablesOf(read.environment.variables) : []
}
const plain = (name: string, value: string): FileVariable => ({ name, value, enabled: true, secret: false })
const secret = (name: string): FileVariable => ({ name, value: '', enabled: true, secret: true })

const containers = collectionSamples.filter(({ path }) => /(?:opencollection|folder)\.yml$/.test(path))
const environments = collectionSamples.filter(({ path }) => path.includes('environments/'))

describe('what a folder passes on', () => {
  it.each([...containers, ...environments])(
    '$path stays to the byte where nothing is changed',
    ({ path, text }) => {
      if (path.includes('environments/')) return expect(environment(text, inEnvironment(text))).toBe(text)
      const { headers, variables } = inDefaults(text)
      expect(defaults(text, headers, variables)).toBe(text)
    },
  )

  it('is read with its types, and changed in its own lines alone', () => {
    const sample = containers.find(({ path }) => path === 'all-kinds/opencollection.yml')?.text ?? ''
    const { variables } = inDefaults(sample)
    expect(variables.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'coll_str=collection_string',
      'coll_num=100',
      'coll_bool=false',
      'coll_obj={"scope":"collection"}',
    ])
    const changed = variables.map((each) => (each.name === 'coll_num' ? { ...each, value: '7' } : each))
    expect(defaults(sample, [], changed)).toBe(sample.replace('"100"', '"7"'))
    expect(
      defaults(
        'info:\n  name: Users\n  seq: 1\n',
        [{ name: 'X-Team', value: 'a', enabled: true }],
        [secret('key')],
      ),
    ).toBe(
      'info:\n  name: Users\n  seq: 1\nrequest:\n  headers:\n    - name: X-Team\n      value: a\n  variables:\n    - name: key\n      secret: true\n',
    )
  })

  it('never has the value of a secret in its file, also where one becomes secret', () => {
    const text =
      '# mine\nname: Dev\nvariables:\n  - name: base # where\n    value: https://a\n  - secret: true\n    name: key\n  - name: token\n    value: t0ps3cret\n'
    expect(inEnvironment(text)).toEqual([
      plain('base', 'https://a'),
      secret('key'),
      plain('token', 't0ps3cret'),
    ])
    const hidden = environment(text, [
      plain('base', 'https://b'),
      secret('key'),
      { ...secret('token'), value: 'never' },
    ])
    expect(hidden).toContain('# mine\nname: Dev\nvariables:\n  - name: base # where\n    value: https://b\n')
    expect(hidden).not.toMatch(/t0ps3cret|never/)
    expect(inEnvironment(hidden)).toContainEqual(secret('token'))
    expect(environment('name: Dev\n', [plain('a', '1')])).toBe(
      'name: Dev\nvariables:\n  - name: a\n    value: "1"\n',
    )
  })

  it('does not touch what is written otherwise', () => {
    const text =
      'name: D\nvariables:\n  - name: odd\n    value: {type: other, data: 1}\n  - name: a\n    value: "1"\n'
    expect(environment(text, [])).toBe(
      'name: D\nvariables:\n  - name: odd\n    value: {type: other, data: 1}\n',
    )
  })

  it('is read again as it was written, whatever it is', () => {
    const word = fc.string({ unit: 'binary', maxLength: 12 })
    const row = fc.record({
      name: word.map((text) => `n${text.replace(/[\r\n]/g, ' ')}`),
      value: word,
      enabled: fc.boolean(),
      secret: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.constantFrom(...environments), fc.array(row, { maxLength: 5 }), ({ text }, rows) => {
        const before = inEnvironment(text)
        // It refuses what does not come back as it was meant.
        const once = environment(text, rows)
        expect(inEnvironment(environment(once, before))).toEqual(before)
      }),
      { numRuns: 200 },
    )
    fc.assert(
      fc.property(fc.constantFrom(...containers), fc.array(row, { maxLength: 4 }), ({ text }, rows) => {
        const { headers, variables } = inDefaults(text)
        const named = rows.map(({ name, value, enabled }) => ({ name, value, enabled }))
        expect(inDefaults(defaults(defaults(text, named, rows), headers, variables))).toEqual({
          headers,
          variables,
        })
      }),
      { numRuns: 100 },
    )
  })
})
