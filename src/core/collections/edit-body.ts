import type { RequestBody } from '@contract/requests'
import { bodyKindTable } from '@contract/tables/body-kinds'
import { isMap, isSeq } from 'yaml'
import { changeRows, newRow, type MapEdit } from './edit-rows.ts'
import { newPart } from './part-rows.ts'
import { fileVariant, textTypes, type BodyPart } from './read-body.ts'
import type { RequestFile } from './read-request.ts'
import type { NewEntries } from './scalar-text.ts'
import { isFlow, type Splices } from './splices.ts'
import { pairOf, textOf } from './yaml-file.ts'

type SomeBody = Exclude<RequestBody, { kind: 'none' }>

/** Gives a request another body: what of it stays the same, stays as it is written. */
export function setBody(
  { file, parts }: RequestFile,
  body: RequestBody,
  section: MapEdit,
  splices: Splices,
): void {
  const { holder = section.map } = parts.body ?? {}
  const pair = pairOf(holder, 'body')
  if (pair === undefined || parts.body === undefined) {
    if (body.kind === 'none') return
    return pair
      ? splices.replacePair(holder, pair, [['body', newBody(body)]])
      : section.add('body', newBody(body))
  }
  if (body.kind === 'none') return splices.removePair(holder, pair)
  const variant = fileVariant(file, parts.body.map)
  if (changed(parts.body, body, variant, splices)) return
  splices.replacePair(holder, pair, [['body', newBody(body)]])
}

/** Changes the body that is there; false where it has to be written anew. */
function changed(
  part: BodyPart,
  body: SomeBody,
  variant: ReturnType<typeof fileVariant>,
  splices: Splices,
): boolean {
  const { map, type: before, fields } = part
  const isSameType = before === typeOf(body)
  if (!isMap(map)) return false
  if (body.kind === 'graphql') return isSameType && setMembers(map, graphqlMembers(body), splices)
  if (body.kind === 'file')
    return (
      isSameType &&
      variant !== undefined &&
      setMembers(variant, { filePath: body.path, contentType: body.contentType }, splices)
    )
  const [type, data] = [pairOf(map, 'type'), pairOf(map, 'data')]
  if (!type || !data) return false
  if (body.kind === 'form' || body.kind === 'multipart') {
    if (!isSameType || !isSeq(data.value)) return false
    const list = data.value
    const wanted = body.kind === 'form' ? body.fields : body.parts
    const hasOthers = list.items.length > fields.length
    const isEmpty = list.items.length === 0 || (wanted.length === 0 && !hasOthers)
    if (isEmpty) splices.replacePair(map, data, [['data', dataOf(body)]])
    else if (body.kind === 'form') changeRows(list, fields, body.fields, (row) => newRow(row, []), splices)
    else changeRows(list, fields, body.parts, newPart, splices)
    return true
  }
  if (textOf(data.value) === undefined) return false
  if (!isSameType) splices.setText(type, typeOf(body), isFlow(map))
  splices.setText(data, body.text, isFlow(map))
  return true
}

/** Gives names of a map their texts; false where one that it does not have cannot be put behind another. */
function setMembers(
  map: NonNullable<ReturnType<typeof fileVariant>>,
  members: Record<string, string>,
  splices: Splices,
): boolean {
  const last = map.items.at(-1)
  const fresh: NewEntries = []
  for (const [name, value] of Object.entries(members)) {
    const pair = pairOf(map, name)
    if (pair) splices.setText(pair, value, isFlow(map))
    else if (value !== '') fresh.push([name, value])
  }
  if (fresh.length > 0 && last === undefined) return false
  if (fresh.length > 0 && last) splices.addEntries(map, last, fresh)
  return true
}

/** The type of a text body with this content type, if it is one of the format's. */
export function textType(contentType: string): string | undefined {
  return Object.entries(textTypes).find(([, type]) => type === contentType)?.[0]
}

function newBody(body: SomeBody): NewEntries {
  if (body.kind === 'graphql') return Object.entries(graphqlMembers(body))
  return [
    ['type', typeOf(body)],
    ['data', dataOf(body)],
  ]
}

function graphqlMembers({ query, variables }: Extract<RequestBody, { kind: 'graphql' }>) {
  return { query, variables }
}

function dataOf(body: Exclude<SomeBody, { kind: 'graphql' }>): NewEntries[number][1] {
  switch (body.kind) {
    case 'form':
      return body.fields.map((row) => newRow(row, []))
    case 'multipart':
      return body.parts.map(newPart)
    case 'file':
      return [
        [
          ['filePath', body.path],
          ['contentType', body.contentType],
          ['selected', true],
        ],
      ]
    case 'json':
    case 'xml':
    case 'text':
      return body.text
  }
}

function typeOf(body: SomeBody): string {
  if (body.kind === 'graphql') return 'graphql'
  return (body.kind === 'text' ? textType(body.contentType) : undefined) ?? bodyKindTable[body.kind].inFile
}
