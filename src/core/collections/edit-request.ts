import { ok, type Result } from '@contract/result'
import type { FormPart, Pair, RequestBody } from '@contract/requests'
import { addressText, inRows } from '@contract/tables/addresses'
import { bodyKindTable } from '@contract/tables/body-kinds'
import { itemKindTable, type ItemKind } from '@contract/tables/item-kinds'
import { isMap } from 'yaml'
import { writeAddress } from './address.ts'
import { sameAuth } from './auth-file.ts'
import { setAuth } from './edit-auth.ts'
import { setBody, textType } from './edit-body.ts'
import { setName } from './edit-name.ts'
import { editRefusal as refusal } from './checks/edit-refusal.ts'
import { plainOf, withoutNames } from './plain.ts'
import { textTypes } from './read-body.ts'
import { readRequest, type FileDraft, type RequestFile } from './read-request.ts'
import { editCaptures } from './captures/edit-captures.ts'
import { editChecks } from './checks/edit-checks.ts'
import { editSettings } from './edit-settings.ts'
import { createMapEdit, newRow, type MapEdit } from './edit-rows.ts'
import { isSamePart } from './part-rows.ts'
import { isSame } from './rows.ts'
import { createSplices, isFlow, type Splices } from './splices.ts'
import { pairOf, valueOf } from './yaml-file.ts'

/** The order of names, as Bruno writes it. */
const rootOrder = ['info', 'http', 'graphql', 'runtime', 'settings', 'docs']
const sectionOrder = ['method', 'url', 'headers', 'params', 'body', 'auth']

/** The text of a request's file with this name and draft: only what differs is written, the rest stays to the byte.
 *  What was written is read again before it is answered; where it says anything else than it should, nothing is.
 *  Codes: `collection_edit`. */
export function editRequest(request: RequestFile, name: string, draft: FileDraft): Result<string> {
  const edited = editParts(request, name, draft)
  // One after another: several may make the same map.
  const checked = edited.ok ? editChecks(edited.value, draft.checks ?? []) : edited
  const captured = checked.ok ? editCaptures(checked.value, draft.captures ?? []) : checked
  return captured.ok ? editSettings(captured.value, draft.settings ?? {}) : captured
}

function editParts(request: RequestFile, name: string, draft: FileDraft): Result<string> {
  const { file, parts } = request
  const wanted = fileForm(draft)
  if (!isMap(parts.section)) return refusal('It has no “http” to change.')
  const splices = createSplices(file.text)
  const section = createMapEdit(file, parts.section, splices, sectionOrder)
  if (name !== request.head.name) setName(file, name, splices)
  if (wanted.method !== request.draft.method) section.setText('method', wanted.method)
  setParams(request, wanted, section)
  // Rows of the file that say nothing are left alone, here as in the other lists.
  if (!sameRows(wanted.headers, request.draft.headers))
    section.setRows('headers', filled(parts.headers), wanted.headers)
  if (!sameBody(wanted.body, request.draft.body)) {
    setBody(request, wanted.body, section, splices)
    if (kindFor(wanted, request) !== request.head.kind) setKind(request, kindFor(wanted, request), splices)
  }
  if (!sameAuth(wanted.auth, request.draft.auth)) setAuth(request, wanted.auth, section, splices)
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
    { was: filled(parts.path), wanted: path, also: [['type', 'path']] },
  ])
}

function setVariables({ file, parts, draft }: RequestFile, wanted: readonly Pair[], splices: Splices): void {
  if (sameRows(wanted, draft.variables ?? [])) return
  if (isMap(parts.runtime) && parts.runtime.items.length > 0)
    return createMapEdit(file, parts.runtime, splices, ['variables']).setRows(
      'variables',
      filled(parts.variables),
      wanted,
    )
  const root = createMapEdit(file, file.root, splices, rootOrder)
  root.replace('runtime', [['variables', wanted.map((row) => newRow(row, []))]])
}

/** The draft as a file can have it: a content type that no type of body stands for is a header, and rows that were
 *  left empty are none. */
function fileForm(draft: FileDraft): FileDraft {
  const { body } = draft
  const clean = {
    ...draft,
    ...inRows({ url: draft.url.trim(), query: draft.query.filter(isSomething) }),
    headers: filled(draft.headers),
    ...(draft.path && { path: filled(draft.path) }),
    ...(draft.variables && { variables: filled(draft.variables) }),
  }
  if (body.kind === 'form') return { ...clean, body: { ...body, fields: filled(body.fields) } }
  if (body.kind === 'multipart') return { ...clean, body: { ...body, parts: filled(body.parts) } }
  if (body.kind !== 'text' || textType(body.contentType) !== undefined) return clean
  if (body.contentType === bodyKindTable.xml.contentType)
    return { ...clean, body: { kind: 'xml', text: body.text } }
  const others = clean.headers.filter((row) => !row.enabled || row.name.toLowerCase() !== 'content-type')
  return {
    ...clean,
    headers: [...others, { name: 'Content-Type', value: body.contentType, enabled: true }],
    body: { ...body, contentType: textTypes.text },
  }
}

/** What kind of item a draft is: its body tells. */
function kindFor({ body }: FileDraft, { head }: RequestFile): ItemKind {
  if (body.kind === 'graphql') return 'graphql'
  return head.kind === 'graphql' && body.kind !== 'none' ? 'http' : head.kind
}

/** Makes a file one of another kind: its type, and the name of the section that has the request. */
function setKind({ file, head }: RequestFile, kind: ItemKind, splices: Splices): void {
  const section = pairOf(file.root, itemKindTable[head.kind].section ?? '')
  if (section) splices.setKey(section, itemKindTable[kind].section ?? '')
  const info = valueOf(file, file.root, 'info')
  const type = pairOf(info, 'type')
  const last = isMap(info) ? info.items.at(-1) : undefined
  if (type) splices.setText(type, kind, isFlow(info))
  else if (isMap(info) && last) splices.addEntries(info, last, [['type', kind]])
}

function filled<Row extends FormPart>(rows: readonly Row[]): Row[] {
  return rows.filter(({ name, value, files = [] }) => name.trim() !== '' || value !== '' || files.length > 0)
}

function sameRows(one: readonly Pair[], other: readonly Pair[]): boolean {
  const [a, b] = [filled(one), filled(other)]
  return a.length === b.length && a.every((row, index) => isSame(row, b[index]))
}

function sameBody(one: RequestBody, other: RequestBody): boolean {
  if (one.kind === 'form' && other.kind === 'form') return sameRows(one.fields, other.fields)
  if (one.kind === 'multipart' && other.kind === 'multipart') {
    const [a, b] = [filled(one.parts), filled(other.parts)]
    return a.length === b.length && a.every((part, index) => isSamePart(part, b[index]))
  }
  return JSON.stringify(one) === JSON.stringify(other)
}

/** What is sent, and what is turned off. */
function addressOf({ url, query }: FileDraft): string {
  const off = query.filter((row) => !row.enabled && isSomething(row))
  return JSON.stringify([
    addressText({ url: url.trim(), query }),
    off.map(({ name, value }) => [name, value]),
  ])
}

/** Of a query every part counts that is on. */
function isSomething({ name, value, enabled }: Pair): boolean {
  return enabled || name.trim() !== '' || value !== ''
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
    sameBody(draft.body, wanted.body) &&
    sameAuth(draft.auth, wanted.auth)
  if (!isWanted) return refusal('The result would not be what was intended.')
  const names = ['method', 'url', 'headers', 'params', 'body']
  if (!sameAuth(wanted.auth, request.draft.auth)) names.push('auth')
  return untouched(request, names) === untouched(read.request, names)
    ? ok(text)
    : refusal('A value that is used in several places (an anchor) would change with it.')
}

/** All that an edit is not to change, as one text. */
function untouched({ file, head }: RequestFile, names: readonly string[]): string {
  const all = plainOf(file)
  const { info, [head.kind]: section, runtime, ...rest } = all
  return JSON.stringify([
    withoutNames(info ?? {}, head.kind === 'http' || head.kind === 'graphql' ? ['name', 'type'] : ['name']),
    withoutNames(section, names),
    withoutNames(runtime ?? {}, ['variables']),
    rest,
  ])
}
