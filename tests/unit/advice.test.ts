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

/** How advice leads to a control. */
const leads = /(?:\b(?:press|switch|choose|use|say|check|under)|Advanced,) “/i

/** What to do at a provider or what a token says. */
const elsewhere = /core\/(?:templates|flow|jwt\/explain)\//

/** Every piece of advice: the member `next` of a failure, the last word of `fail` and its like, and whatever else leads to
 *  a control by name. */
function adviceIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText(source) === 'next')
      found.push(...textOf(node.initializer))
    if (
      ts.isCallExpression(node) &&
      /^(fail|failure|repair|distrusted)$/.test(node.expression.getText(source))
    )
      found.push(...node.arguments.slice(-1).flatMap(textOf))
    if (!elsewhere.test(file)) found.push(...textOf(node).filter((text) => leads.test(text)))
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

/** The names of controls in a page: text between tags, labels, and what is listed behind a key (`['tokenEndpoint', 'Token
 *  endpoint']`, `text('accessTokenAt', 'Access token at')`, `choice: …`). Text that only speaks of one does not count. */
function controlsIn(file: string): string[] {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true, kind)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) found.push(node.text)
    if (ts.isJsxAttribute(node) && /^(aria-)?label$/.test(node.name.getText(source)) && node.initializer)
      found.push(...textOf(node.initializer))
    if (ts.isCallExpression(node) && node.expression.getText(source) === 'text')
      found.push(...node.arguments.slice(1, 2).flatMap(textOf))
    if (ts.isArrayLiteralExpression(node)) found.push(...node.elements.slice(1).flatMap(textOf))
    if (ts.isPropertyAssignment(node) && /^(label|choice)$/.test(node.name.getText(source)))
      found.push(...textOf(node.initializer))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found.map((text) => text.replace(/\s+/g, ' ').trim())
}

const controls = filesIn('renderer')
  .concat(join(src, 'core/contract/tables/client-authentications.ts'))
  .flatMap(controlsIn)

/** Whether a control has this name, or one that goes on behind a comma. */
function isShown(name: string): boolean {
  return controls.some((control) => control === name || control.startsWith(`${name}, `))
}

/** Quoted in advice, and no control: what is in a token, a document or a file. */
const quotedOnTheWire = ['none']

describe('advice', () => {
  it('is found', () => {
    expect(advice.length).toBeGreaterThan(200)
  })

  it('names in quotes only controls that there are', () => {
    const unknown = advice.flatMap(({ file, text }) =>
      [...text.matchAll(/“([^”…]+)”/g)]
        .map(([, name = '']) => name)
        .filter((name) => !quotedOnTheWire.includes(name) && !isShown(name))
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
