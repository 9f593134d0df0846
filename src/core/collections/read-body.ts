import type { RawBody } from '@opencollection/types/requests/http'
import type { RequestBody } from '@contract/requests'
import { bodyKindTable } from '@contract/tables/body-kinds'
import type { ItemKind } from '@contract/tables/item-kinds'
import { isMap, isSeq, type YAMLMap } from 'yaml'
import { pairIn } from './address.ts'
import { formPartIn, partRowsOf } from './part-rows.ts'
import { listOf, rowsOf, type FileRow } from './rows.ts'
import { resolved, textOf, valueOf, type YamlFile } from './yaml-file.ts'

/** What is under `body`, or under the variant of it that is selected; nothing where a request has none. */
export interface BodyPart {
  /** The map that has it under “body”: the request's, or that of a variant. */
  holder: YAMLMap
  map: unknown
  type: string
  fields: FileRow[]
}

/** The types of body that are text of a content type, and which. */
export const textTypes = {
  text: bodyKindTable.text.contentType,
  sparql: 'application/sparql-query',
} as const satisfies Record<Exclude<RawBody['type'], 'json' | 'xml'>, string>

export function bodyPart(file: YamlFile, section: unknown, kind: ItemKind): BodyPart | undefined {
  const holder = selected(file, section)
  const map = valueOf(file, holder, 'body')
  if (!isMap(holder) || map === undefined || textOf(map) === '') return undefined
  const type = kind === 'graphql' ? 'graphql' : (textOf(valueOf(file, map, 'type')) ?? '')
  const fields =
    type === 'form-urlencoded'
      ? rowsOf(file, map, 'data')
      : type === 'multipart-form'
        ? partRowsOf(file, map)
        : []
  return { holder, map, type, fields }
}

/** The body that a draft has; `kept` names one that it cannot have. */
export function readBody(file: YamlFile, part: BodyPart | undefined): { body: RequestBody; kept?: string } {
  if (part === undefined) return { body: { kind: 'none' } }
  const { map, type, fields } = part
  const member = (name: string): string | undefined => textOf(valueOf(file, map, name))
  const text = member('data')
  if (type === 'graphql')
    return { body: { kind: 'graphql', query: member('query') ?? '', variables: member('variables') ?? '' } }
  if (type === 'form-urlencoded') return { body: { kind: 'form', fields: fields.map(pairIn) } }
  if (type === 'multipart-form') return { body: { kind: 'multipart', parts: fields.map(formPartIn) } }
  if (type === 'file') {
    const variant = fileVariant(file, map)
    const of = (name: string): string => textOf(valueOf(file, variant, name)) ?? ''
    return { body: { kind: 'file', path: of('filePath'), contentType: of('contentType') } }
  }
  if ((type === 'json' || type === 'xml') && text !== undefined) return { body: { kind: type, text } }
  if (isTextType(type) && text !== undefined)
    return { body: { kind: 'text', text, contentType: textTypes[type] } }
  return type === 'none'
    ? { body: { kind: 'none' } }
    : { body: { kind: 'none' }, kept: `body (${type.slice(0, 40) || 'of no type'})` }
}

/** The file that is sent, of those that a body names. */
export function fileVariant(file: YamlFile, map: unknown): YAMLMap | undefined {
  const all = listOf(file, map, 'data')?.items.map((item) => resolved(file.document, item)) ?? []
  const variants = all.filter(isMap)
  return variants.find((each) => textOf(valueOf(file, each, 'selected')) === 'true') ?? variants[0]
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
