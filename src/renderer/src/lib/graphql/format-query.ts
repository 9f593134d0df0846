import { Lexer, Source, TokenKind } from 'graphql'
import * as graphqlPlugin from 'prettier/plugins/graphql'
import { format } from 'prettier/standalone'
import { nameMark } from '../names.ts'

/** A longer query is not laid out, in characters. */
const longestQuery = 200_000

/** A query laid out, with its comments and `{{names}}`; `null` where that cannot be done without losing something: it has
 *  a fault, or is too long. */
export async function formatQuery(query: string): Promise<string | null> {
  if (query.length > longestQuery) return null
  const marked = withMarks(query)
  if (marked === undefined) return null
  try {
    const laidOut = await format(marked.text, {
      parser: 'graphql',
      plugins: [graphqlPlugin],
      printWidth: 100,
    })
    const back = marked.back(laidOut.trimEnd())
    return said(withMarks(back)?.text ?? '') === said(marked.text) ? back : null
  } catch {
    return null
  }
}

/** A query whose `{{names}}` are names of GraphQL instead, each of its own. */
function withMarks(query: string): { text: string; back: (text: string) => string } | undefined {
  const prefix = 'gatehouse_mark_'
  if (query.includes(prefix)) return undefined
  const marks: string[] = []
  const text = query.replace(nameMark, (whole) => `${prefix}${marks.push(whole) - 1}_`)
  return {
    text,
    back: (given) =>
      given.replace(/gatehouse_mark_(\d+)_/g, (whole, at: string) => marks[Number(at)] ?? whole),
  }
}

/** All that a query says, comments too, but for its layout. Commas are layout (GraphQL section 2.1.7). */
function said(text: string): string {
  const lexer = new Lexer(new Source(text))
  const first = lexer.token
  while (lexer.advance().kind !== TokenKind.EOF);
  const tokens: string[] = []
  for (let token = first.next; token; token = token.next)
    tokens.push(token.kind === TokenKind.COMMENT ? `#${token.value.trim()}` : `${token.kind}:${token.value}`)
  return tokens.join('\n')
}
