import type { RawBody } from '@opencollection/types/requests/http'
import type { RequestBody } from '@contract/requests'
import { isMap, isSeq, type YAMLMap } from 'yaml'
import { pairIn } from './address.ts'
import { rowsOf, type FileRow } from './rows.ts'
import { resolved, textOf, valueOf, type YamlFile } from './yaml-file.ts'

/** What is under `body`, or under the variant of it that is selected; nothing where a request has none. */
export interface BodyPart {
  /** The map that has it under “body”: the request's, or that of a variant. */
  holder: YAMLMap
  map: unknown
  type: string
  fields: FileRow[]
}

/** The types of body that are text, and what is sent as their content type. */
export const textTypes = {
  text: 'text/plain',
  xml: 'application/xml',
  sparql: 'application/sparql-query',
} as const satisfies Record<Exclude<RawBody['type'], 'json'>, string>

export function bodyPart(file: YamlFile, section: unknown): BodyPart | undefined {
  const holder = selected(file, section)
  const map = valueOf(file, holder, 'body')
  if (!isMap(holder) || map === undefined || textOf(map) === '') return undefined
  const type = textOf(valueOf(file, map, 'type')) ?? ''
  return { holder, map, type, fields: type === 'form-urlencoded' ? rowsOf(file, map, 'data') : [] }
}

/** The body that a draft has; `kept` names one that it cannot have. */
export function readBody(file: YamlFile, part: BodyPart | undefined): { body: RequestBody; kept?: string } {
  if (part === undefined) return { body: { kind: 'none' } }
  const { map, type, fields } = part
  const text = textOf(valueOf(file, map, 'data'))
  if (type === 'form-urlencoded') return { body: { kind: 'form', fields: fields.map(pairIn) } }
  if (type === 'json' && text !== undefined) return { body: { kind: 'json', text } }
  if (isTextType(type) && text !== undefined)
    return { body: { kind: 'text', text, contentType: textTypes[type] } }
  return type === 'none'
    ? { body: { kind: 'none' } }
    : { body: { kind: 'none' }, kept: `body (${type.slice(0, 40) || 'of no type'})` }
}

function isTextType(type: string): type is keyof typeof textTypes {
  return Object.hasOwn(textTypes, type)
}

/** Bodies may be kept side by side, one of them selected. */
function selected(file: YamlFile, section: unknown): unknown {
  const body = valueOf(file, section, 'body')
  if (!isSeq(body)) return section
  const variants = body.items.map((item) => resolved(file.document, item)).filter(isMap)
  return variants.find((each) => textOf(valueOf(file, each, 'selected')) === 'true') ?? variants[0]
}
