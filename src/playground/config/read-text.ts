import { LineCounter, isNode, parseDocument } from 'yaml'
import { ConfigurationError, pointerOf } from './problems.ts'
import { faultWords, yamlWords } from './words.ts'

const maximumLength = 1024 * 1024

export type ReadText = {
  value: unknown
  /** `file:line:column /pointer` of what is at this path, or of what it is in. */
  placeOf: (path: readonly (string | number)[]) => string
}

/** Reads YAML 1.2, of which JSON is a part. Throws a ConfigurationError that names line and column. */
export function readText(text: string, name: string): ReadText {
  if (text.length > maximumLength)
    throw new ConfigurationError([{ place: name, message: 'is longer than 1 MB' }])
  const lines = new LineCounter()
  function at(offset: number) {
    const { line, col } = lines.linePos(offset)
    return `${name}:${line}:${col}`
  }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2' })
  if (document.errors.length > 0) {
    throw new ConfigurationError(
      document.errors.slice(0, 10).map(({ pos, code }) => ({ place: at(pos[0]), message: yamlWords[code] })),
    )
  }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 100 }) ?? {}
  } catch (thrown) {
    throw new ConfigurationError([{ place: name, message: faultWords(thrown) }])
  }
  return {
    value,
    placeOf: (path) => {
      for (let length = path.length; length >= 0; length -= 1) {
        const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
        if (isNode(node) && node.range) return `${at(node.range[0])} ${pointerOf(path)}`.trim()
      }
      return `${name} ${pointerOf(path)}`.trim()
    },
  }
}
