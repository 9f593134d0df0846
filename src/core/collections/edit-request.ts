import { fail, ok, type Result } from '@contract/result'
import type { Pair, RequestBody } from '@contract/requests'
import { isMap, isSeq } from 'yaml'
import { fullAddress, writeAddress } from './address.ts'
import { setName } from './edit-name.ts'
import { textTypes } from './read-body.ts'
import { readRequest, type FileDraft, type RequestFile } from './read-request.ts'
import { changeRows, createMapEdit, newRow, type MapEdit } from './edit-rows.ts'
import { isSame } from './rows.ts'
import type { NewEntries } from './scalar-text.ts'
import { createSplices, isFlow, type Splices } from './splices.ts'
import { pairOf, textOf, type YamlFile } from './yaml-file.ts'

/** The order of names, as Bruno writes it. */
const rootOrder = ['info', 'http', 'runtime', 'settings', 'docs']
const sectionOrder = ['method', 'url', 'headers', 'params', 'body', 'auth']

/** The text of a request's file with this name and draft: only what differs is written, the rest stays to the byte.
 *  What was written is read again before it is answered; where it says anything else than it should, nothing is.
 *  Codes: `collection_edit`. */
export function editRequest(request: RequestFile, name: string, draft: FileDraft): Result<string> {
  const { file, parts } = request
  const wanted = fileForm(draft)
  if (!isMap(parts.section)) return refusal('It has no “http” that could be changed.')
  const splices = createSplices(file.text)
  const section = createMapEdit(file, parts.section, splices, sectionOrder)
  if (name !== request.head.name) setName(file, name, splices)
  if (wanted.method !== request.draft.method) section.setText('method', wanted.method)
  setParams(request, wanted, section)
  if (!sameRows(wanted.headers, request.draft.headers))
    section.setRows('headers', parts.headers, wanted.headers)
  if (!sameBody(wanted.body, request.draft.body)) setBody(request, wanted.body, section, splices)
  setVariables(request, wanted.variables ?? [], splices)
  const text = splices.write()
  return text === undefined
    ? refusal('Two changes are in the same place.')
    : judged(request, name, wanted, text)
}

/** Address, query and path, whose rows are in one list. */
function setParams({ parts, draft }: RequestFile, wanted: FileDraft, section: MapEdit): void {
  const isMoved = addressOf(wanted) !== addressOf(draft)
  const [pathBefore, path] = [draft.path ?? [], wanted.path ?? []]
  if (!isMoved && sameRows(path, pathBefore)) return
  const { url, query } = isMoved
    ? writeAddress(parts.address, wanted)
    : { url: parts.address.url, query: parts.address.rows }
  if (url !== parts.address.url) section.setText('url', url)
  section.setGroups('params', [
    { was: parts.address.rows, wanted: query, also: [['type', 'query']] },
    { was: parts.path, wanted: path, also: [['type', 'path']] },
  ])
}

function setVariables({ file, parts, draft }: RequestFile, wanted: readonly Pair[], splices: Splices): void {
  if (sameRows(wanted, draft.variables ?? [])) return
  if (isMap(parts.runtime) && parts.runtime.items.length > 0)
    return createMapEdit(file, parts.runtime, splices, ['variables']).setRows(
      'variables',
      parts.variables,
      wanted,
    )
  const root = createMapEdit(file, file.root, splices, rootOrder)
  root.replace('runtime', [['variables', wanted.map((row) => newRow(row, []))]])
}

function setBody({ parts }: RequestFile, body: RequestBody, section: MapEdit, splices: Splices): void {
  const { holder = section.map, map, type: before, fields = [] } = parts.body ?? {}
  const pair = pairOf(holder, 'body')
  if (pair === undefined || parts.body === undefined) {
    if (body.kind === 'none') return
    return pair
      ? splices.replacePair(holder, pair, [['body', newBody(body)]])
      : section.add('body', newBody(body))
  }
  if (body.kind === 'none') return splices.removePair(holder, pair)
  const [type, data] = [pairOf(map, 'type'), pairOf(map, 'data')]
  if (isMap(map) && type && data) {
    if (body.kind === 'form') {
      if (before === typeOf(body) && isSeq(data.value)) {
        const hasOthers = data.value.items.length > fields.length
        if (data.value.items.length > 0 && (body.fields.length > 0 || hasOthers))
          return changeRows(data.value, fields, body.fields, [], splices)
        return splices.replacePair(map, data, [['data', body.fields.map((row) => newRow(row, []))]])
      }
    } else if (textOf(data.value) !== undefined) {
      if (before !== typeOf(body)) splices.setText(type, typeOf(body), isFlow(map))
      return splices.setText(data, body.text, isFlow(map))
    }
  }
  splices.replacePair(holder, pair, [['body', newBody(body)]])
}

function newBody(body: Exclude<RequestBody, { kind: 'none' }>): NewEntries {
  const data = body.kind === 'form' ? body.fields.map((row) => newRow(row, [])) : body.text
  return [
    ['type', typeOf(body)],
    ['data', data],
  ]
}

function typeOf(body: Exclude<RequestBody, { kind: 'none' }>): string {
  if (body.kind === 'form') return 'form-urlencoded'
  if (body.kind === 'json') return 'json'
  return textType(body.contentType) ?? 'text'
}

function textType(contentType: string): string | undefined {
  return Object.entries(textTypes).find(([, type]) => type === contentType)?.[0]
}

/** The draft as a file can have it: a content type that no type of body stands for is a header, and rows that were
 *  left empty are none. */
function fileForm(draft: FileDraft): FileDraft {
  const { body } = draft
  const clean = {
    ...draft,
    url: draft.url.trim(),
    query: filled(draft.query),
    headers: filled(draft.headers),
    ...(draft.path && { path: filled(draft.path) }),
    ...(draft.variables && { variables: filled(draft.variables) }),
  }
  if (body.kind === 'form') return { ...clean, body: { ...body, fields: filled(body.fields) } }
  if (body.kind !== 'text' || textType(body.contentType) !== undefined) return clean
  const others = clean.headers.filter((row) => !row.enabled || row.name.toLowerCase() !== 'content-type')
  return {
    ...clean,
    headers: [...others, { name: 'Content-Type', value: body.contentType, enabled: true }],
    body: { ...body, contentType: textTypes.text },
  }
}

function filled(rows: readonly Pair[]): Pair[] {
  return rows.filter(({ name, value }) => name.trim() !== '' || value !== '')
}

function sameRows(one: readonly Pair[], other: readonly Pair[]): boolean {
  const [a, b] = [filled(one), filled(other)]
  return a.length === b.length && a.every((row, index) => isSame(row, b[index]))
}

function sameBody(one: RequestBody, other: RequestBody): boolean {
  if (one.kind === 'form' && other.kind === 'form') return sameRows(one.fields, other.fields)
  return JSON.stringify(one) === JSON.stringify(other)
}

/** What is sent, and what is switched off. */
function addressOf({ url, query }: FileDraft): string {
  const off = filled(query).filter(({ enabled }) => !enabled)
  return JSON.stringify([
    fullAddress({ url: url.trim(), query }),
    off.map(({ name, value }) => [name, value]),
  ])
}

/** Whether the text says what is wanted, and everything else as before. */
function judged(request: RequestFile, name: string, wanted: FileDraft, text: string): Result<string> {
  const read = readRequest(text)
  if (!read.ok) return refusal(read.fault.reason)
  const { head, draft } = read.request
  const isWanted =
    head.name === name &&
    draft.method === wanted.method &&
    addressOf(draft) === addressOf(wanted) &&
    sameRows(draft.path ?? [], wanted.path ?? []) &&
    sameRows(draft.headers, wanted.headers) &&
    sameRows(draft.variables ?? [], wanted.variables ?? []) &&
    sameBody(draft.body, wanted.body)
  if (!isWanted) return refusal('It would not say what it should.')
  return untouched(request) === untouched(read.request)
    ? ok(text)
    : refusal('A value that is used in several places (an anchor) would change with it.')
}

/** All that an edit is not to change, as one text. */
function untouched({ file, head }: RequestFile): string {
  const all = plain(file)
  const { info, [head.kind]: section, runtime, ...rest } = all
  const without = (value: unknown, names: readonly string[]): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))
      : value
  return JSON.stringify([
    without(info ?? {}, ['name']),
    without(section, ['method', 'url', 'headers', 'params', 'body']),
    without(runtime ?? {}, ['variables']),
    rest,
  ])
}

function plain({ document, text }: YamlFile): Record<string, unknown> {
  try {
    return document.toJS({ maxAliasCount: 1_000 }) as Record<string, unknown>
  } catch {
    // Aliases of aliases that would fill the memory: such a file is not changed.
    return { text }
  }
}

function refusal(why: string) {
  return fail(
    'collection_edit',
    `This change cannot be written into the file without changing other parts of it. ${why}`,
    'Change the file in a text editor: Gatehouse shows it at once.',
  )
}
