import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { shapes } from './nasty-shapes.ts'
import { notFromOutside, textFunctions } from './text-functions.ts'

/** Milliseconds for one megabyte. 50 are meant, and `LINEAR_MS=50 npm run unit -- linear` holds them on a machine of
 *  one's own; elsewhere processors differ by a multiple. What is quadratic takes from seconds to hours everywhere. */
const budget = Number(process.env['LINEAR_MS'] ?? 400)
const tries = 6

/** Milliseconds of this thread's processor for some work: what others do on the machine meanwhile does not count. */
async function milliseconds(work: () => unknown): Promise<number> {
  const before = processorTime()
  try {
    await work()
  } catch {
    // Whether it refuses is not asked here.
  }
  return processorTime() - before
}

/** The types at hand are those of Node 20; tests run on Node 24. */
function processorTime(): number {
  const { threadCpuUsage } = process as unknown as { threadCpuUsage(): { user: number; system: number } }
  const { user, system } = threadCpuUsage()
  return (user + system) / 1000
}

/** The best of some tries: a full cache and a collection of garbage make single ones slow. */
async function best(work: () => unknown, enough: number): Promise<number> {
  let least = Infinity
  for (let turn = 0; turn < tries && least > enough; turn += 1)
    least = Math.min(least, await milliseconds(work))
  return least
}

describe('what takes text from outside is through with one megabyte of anything at once', () => {
  const encoder = new TextEncoder()
  const all = Object.entries(shapes).map(([name, text]) => ({
    name,
    text,
    bytes: encoder.encode(text).subarray(0, text.length),
  }))
  it.each(Object.keys(textFunctions))('%s', { timeout: 60_000 }, async (name) => {
    const call = textFunctions[name]
    const slow: string[] = []
    for (const shape of all) {
      const took = await best(() => call?.(shape.text, shape.bytes), budget)
      if (took > budget) slow.push(`${shape.name}: ${took.toFixed(0)} ms`)
    }
    expect(slow).toEqual([])
  })
})

describe('the table above', () => {
  const core = join(import.meta.dirname, '../../../src/core')
  const givenText = readdirSync(core, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .flatMap((file) => functionsOf(join(core, file)).map((name) => `${withoutEnding(file)} ${name}`))

  it('holds every exported function that is given text or bytes, or says why not', () => {
    const unknown = givenText.filter((name) => !(name in textFunctions) && reasonFor(name) === undefined)
    // Add each to `textFunctions`, or to `notFromOutside` with the reason.
    expect(unknown).toEqual([])
  })

  it('names no function that is gone', () => {
    const exported = new Set(
      readdirSync(core, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .flatMap((file) =>
          functionsOf(join(core, file), true).map((name) => `${withoutEnding(file)} ${name}`),
        ),
    )
    expect(Object.keys(textFunctions).filter((name) => !exported.has(name))).toEqual([])
    const stale = Object.keys(notFromOutside).filter((key) => !givenText.some((name) => fits(key, name)))
    expect(stale).toEqual([])
  })

  function withoutEnding(file: string): string {
    return relative('', file).replaceAll('\\', '/').slice(0, -'.ts'.length)
  }
  function reasonFor(name: string): string | undefined {
    return Object.entries(notFromOutside).find(([key]) => fits(key, name))?.[1]
  }
  function fits(key: string, name: string): boolean {
    return key.endsWith('*') ? name.startsWith(key.slice(0, -1)) : name === key
  }
})

/** Exported functions of a file that are given text, bytes or anything; all where that is asked for. */
function functionsOf(file: string, all = false): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  return source.statements.flatMap((statement) => {
    if (!ts.isFunctionDeclaration(statement) || statement.name === undefined) return []
    if (statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) !== true) return []
    const given = statement.parameters.some(({ type }) =>
      /\b(?:string|Uint8Array|unknown)\b/.test(type?.getText(source) ?? ''),
    )
    return given || all ? [statement.name.text] : []
  })
}
