import { describe, expect, it } from 'vitest'
import { readExport } from '../../../../../src/core/vault/transfer/read-export.ts'
import { plainFile, steps } from '../profile.ts'
import { changed, code, encoded, password, read } from './reading.ts'
import { sample } from './sample-export.ts'

describe('identifiers of an export file', () => {
  it.each(['environments', 'connections', 'accounts', 'tokenSets', 'requests'])(
    'are there once in %s',
    async (list) => {
      const document = sample() as unknown as Record<string, { id: string }[]>
      const rows = document[list] ?? []
      const [first] = rows
      if (!first) throw new Error('an empty list')
      expect(await code({ ...document, [list]: [...rows, { ...first, id: 'another' }] })).toBe('taken')
      const twice = await read({ ...document, [list]: [...rows, first] })
      expect(twice.ok ? '' : twice.error.message).toContain('an identifier appears twice')
    },
  )

  it.each([
    ['connections.1.environmentId', 'environment'],
    ['accounts.1.connectionId', 'connection'],
    ['tokenSets.1.accountId', 'account'],
  ])('name what is there: %s', async (path, what) => {
    const result = await read(changed(path, 'nobody'))
    expect(result.ok ? '' : result.error.message).toMatch(new RegExp(`an? ${what} that does not exist`))
  })

  it('name no variable twice in one environment, and the same one in two', async () => {
    const [variable] = sample().environments[0]?.variables ?? []
    expect(await code(changed('environments.1.variables', [variable]))).toBe('taken')
    const twice = await read(changed('environments.1.variables', [variable, variable]))
    expect(twice.ok ? '' : twice.error.message).toContain('twice')
  })

  it.each([
    ['a', 'taken'],
    ['!~', 'taken'],
    ['x'.repeat(64), 'taken'],
    ['x'.repeat(65), 'export_unreadable'],
    ['', 'export_unreadable'],
    ['with space', 'export_unreadable'],
    ['é', 'export_unreadable'],
    ['\u{1f512}', 'export_unreadable'],
    ['line\n', 'export_unreadable'],
  ])('are short and plain: %j', async (id, expected) => {
    expect(await code(changed('requests.0.id', id))).toBe(expected)
  })
})

describe('a connection of an export file', () => {
  it('does not point into this computer from outside', async () => {
    const result = await read(
      changed('connections.1.metadata', {
        issuer: 'https://id.example',
        token_endpoint: 'http://127.0.0.1:8080/token',
      }),
    )
    expect(result).toMatchObject({ error: { code: 'export_points_inside' } })
    const message = result.ok ? '' : result.error.message
    expect(message).toContain('“Second”')
    expect(message).toContain('https://id.example')
    expect(message).toContain('(token_endpoint: 127.0.0.1:8080)')
  })

  it('is named shortly, however long its name is', async () => {
    const document = sample()
    const [connection] = document.connections
    if (!connection) throw new Error('no connection')
    connection.name = 'n'.repeat(1_000)
    connection.metadata = {
      issuer: `https://id.example/${'i'.repeat(1_000)}`,
      token_endpoint: `http://${'h'.repeat(1_000)}.localhost/`,
    }
    const result = await read(document)
    const message = result.ok ? '' : result.error.message
    expect(message).toContain(`“${'n'.repeat(80)}”`)
    expect(message).toContain(`https://id.example/${'i'.repeat(181)} `)
    expect(message).toContain(`token_endpoint: ${'h'.repeat(80)})`)
  })

  it('may be of a provider on this computer', async () => {
    const metadata = { issuer: 'http://127.0.0.1:9000', token_endpoint: 'http://127.0.0.1:9000/token' }
    expect(await code(changed('connections.0.metadata', metadata))).toBe('taken')
  })
})

describe('reading an export file', () => {
  it('wipes the opened text, also where it is refused', async () => {
    for (const content of [sample(), { no: 'export' }]) {
      const opened: Uint8Array[] = []
      const file = {
        ...plainFile,
        decrypt: async (...input: Parameters<typeof plainFile.decrypt>) => {
          const plain = await plainFile.decrypt(...input)
          if (plain.ok) opened.push(plain.value)
          return plain
        },
      }
      await readExport(await encoded(content), password, file, steps())
      expect(opened[0]?.length).toBeGreaterThan(10)
      expect(opened[0]?.every((byte) => byte === 0)).toBe(true)
    }
  })

  it('tells how far it is, and lets others have their turn', async () => {
    const told: [string, number, number][] = []
    let turns = 0
    const how = steps({
      pacer: { isDue: () => true, turn: () => Promise.resolve(void (turns += 1)) },
      progress: ({ stage, done, total }) => void told.push([stage, done, total]),
    })
    await read(sample(), how)
    const size = Buffer.from(JSON.stringify(sample())).byteLength
    expect(told[0]).toEqual(['opening', 0, 1])
    const checking = told.slice(1)
    expect(checking.length).toBeGreaterThan(10)
    expect(checking.every(([stage, , total]) => stage === 'checking' && total === size)).toBe(true)
    expect(checking.map(([, done]) => done)).toEqual(checking.map(([, done]) => done).sort((a, b) => a - b))
    // One for each part, and one for each connection that is looked at.
    expect(turns).toBe(checking.length + sample().connections.length)
  })

  it('goes on without a turn where it is quick', async () => {
    const never = () => {
      throw new Error('no turn')
    }
    expect(await code(sample(), steps({ pacer: { isDue: () => false, turn: never } }))).toBe('taken')
  })

  it('can be stopped at any turn', async () => {
    expect(await code(sample(), steps({ stopped: () => true }))).toBe('import_stopped')
  })
})
