import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const src = resolve(import.meta.dirname, '../../src')

function filesIn(folder: string): string[] {
  return readdirSync(join(src, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

/** The words of a string in the source, with `…` for what is filled in. */
function textOf(node: ts.Node): string[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text]
  if (ts.isTemplateExpression(node))
    return [node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')]
  if (ts.isConditionalExpression(node)) return [...textOf(node.whenTrue), ...textOf(node.whenFalse)]
  if (ts.isParenthesizedExpression(node)) return textOf(node.expression)
  if (ts.isBinaryExpression(node)) return [...textOf(node.left), ...textOf(node.right)]
  return []
}

/** Every piece of advice: the member `next` of a failure, the third word of `fail`, and what a member of a table of
 *  advice says. */
function adviceIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText(source) === 'next')
      found.push(...textOf(node.initializer))
    if (ts.isCallExpression(node) && /^(fail|repair)$/.test(node.expression.getText(source)))
      found.push(...node.arguments.slice(-1).flatMap(textOf))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const advice = ['core', 'node', 'main', 'renderer'].flatMap((folder) =>
  filesIn(folder).flatMap((file) =>
    adviceIn(file).map((text) => ({ file: file.slice(src.length + 1), text })),
  ),
)

/** All that the pages say or name; what is filled in is a gap. */
const shown = filesIn('renderer')
  .concat(join(src, 'core/contract/tables/client-authentications.ts'))
  .map((file) => readFileSync(file, 'utf8').replace(/\s+/g, ' '))
  .join('\n')

/** Quoted in advice, and no control: what is in a token, a document or a file. */
const quotedOnTheWire = ['none']

describe('advice', () => {
  it('is found', () => {
    expect(advice.length).toBeGreaterThan(200)
  })

  it('names in quotes only what is on a screen', () => {
    const unknown = advice.flatMap(({ file, text }) =>
      [...text.matchAll(/“([^”…]+)”/g)]
        .map(([, name = '']) => name)
        .filter((name) => !quotedOnTheWire.includes(name) && !shown.includes(name))
        .map((name) => `${file}: ${name}`),
    )
    expect(unknown).toEqual([])
  })

  it('quotes what is to be pressed or switched here', () => {
    // At the provider, in rows that have a switch each, and between users, environments and files nothing has a name.
    const elsewhere = /at the provider|for this client|rows?\b|one of them|\b[Ss]witch (back|to)\b/
    const control = /\b[Pp]ress\b|\b[Ss]witch\b|\b[Tt]ick\b|\b[Rr]aise\b|\b[Tt]urn\b/
    const bare = advice.filter(
      ({ text }) => control.test(text) && !text.includes('“') && !elsewhere.test(text),
    )
    expect(bare).toEqual([])
  })
})
