import type { FileFault } from '@contract/collections'
import { defined } from '@contract/defined'
import { limits } from '@contract/limits'
import { requestDraft, type RequestDraft } from '@contract/requests'
import { itemKindTable, type ItemKind } from '@contract/tables/item-kinds'
import { isMap, isSeq } from 'yaml'
import { z } from 'zod'
import { pairIn, readAddress, type FileAddress } from './address.ts'
import { readAuth } from './auth-file.ts'
import { bodyPart, readBody, type BodyPart } from './read-body.ts'
import { captureLists, capturesIn, type CaptureLists } from './captures/read-captures.ts'
import { checkLists, checksIn, type CheckLists } from './checks/read-checks.ts'
import { headOf, type Head } from './read-head.ts'
import { settingsOf } from './scope/read-defaults.ts'
import { variableRows } from './scope/read-variables.ts'
import { signInOf, type FileSignIn } from './sign-in/sign-in-file.ts'
import { rowsOf, type FileRow } from './rows.ts'
import { faultAt, pairOf, readYaml, startOf, textOf, valueOf, type YamlFile } from './yaml-file.ts'

/** What a draft takes of a file; who is called as is never there. */
export type FileDraft = Omit<RequestDraft, 'accountId'>

/** A request's file that was read, and what it says. */
export interface RequestFile {
  file: YamlFile
  head: Head
  draft: FileDraft
  /** What the file has beyond the draft. */
  kept: string[]
  parts: FileParts
  /** How a person signs in, where that is who calls. */
  signIn?: FileSignIn
}

/** Where in the file the parts of the draft are. */
export interface FileParts {
  section: unknown
  address: FileAddress
  path: FileRow[]
  headers: FileRow[]
  /** What has the variables, and they. */
  runtime: unknown
  variables: FileRow[]
  body: BodyPart | undefined
  checks: CheckLists
  captures: CaptureLists
}

export type ReadRequest = { ok: true; request: RequestFile } | { ok: false; fault: FileFault }

/** Reads the file of a request. What Gatehouse does not send is named in `kept`. */
export function readRequest(text: string): ReadRequest {
  const read = readYaml(text)
  if (!read.ok) return read
  const { file } = read
  const head = headOf(file)
  const section = valueOf(file, file.root, itemKindTable[head.kind].section ?? '')
  const runtime = valueOf(file, file.root, 'runtime')
  const parts: FileParts = {
    section,
    path: rowsOf(file, section, 'params', 'path').filter(isPathRow(file)),
    runtime,
    variables: variableRows(file, runtime),
    address: {
      url: textOf(valueOf(file, section, 'url')) ?? '',
      rows: rowsOf(file, section, 'params', 'query'),
    },
    headers: rowsOf(file, section, 'headers'),
    body: bodyPart(file, section, head.kind),
    checks: checkLists(file),
    captures: captureLists(file),
  }
  const { body, kept: otherBody } = readBody(file, parts.body)
  const signIn = signInOf(file, section)
  const { auth, kept } = readAuth(file, section)
  const otherAuth = signIn === undefined ? kept : undefined
  const draft: FileDraft = {
    method: head.method ?? methodOf(file, section, head.kind),
    ...readAddress(parts.address),
    ...(parts.path.length > 0 && { path: parts.path.map(pairIn) }),
    headers: parts.headers.map(pairIn),
    ...checksIn(parts.checks),
    ...ownSettings(file),
    ...capturesIn(parts.captures),
    ...(parts.variables.length > 0 && { variables: parts.variables.map(pairIn) }),
    body,
    ...defined({ auth }),
  }
  const issue = itemKindTable[head.kind].runs ? fileDraft.safeParse(draft).error?.issues[0] : undefined
  if (issue) {
    const [part = '', ...inside] = issue.path.map(String)
    const at = startOf(placeOf(parts, part) ?? valueOf(file, section, part))
    return { ok: false, fault: faultAt(text, at, `${[part, ...inside].join('.')}: ${issue.message}.`) }
  }
  const beside = [...keptLists(file, runtime, ['scripts']), ...(parts.captures.hasOthers ? ['actions'] : [])]
  return {
    ok: true,
    request: {
      file,
      head,
      draft,
      kept: [otherBody, otherAuth, ...beside].filter((each) => each !== undefined),
      parts,
      ...defined({ signIn }),
    },
  }
}

/** How it is sent, where it says so itself; HTTP/2 is none of the format's settings. */
function ownSettings(file: YamlFile): Pick<FileDraft, 'settings'> {
  const own = valueOf(file, valueOf(file, file.root, 'extensions'), 'gatehouse')
  const http2 = textOf(valueOf(file, own, 'http2'))
  const settings = {
    ...settingsOf(file, valueOf(file, file.root, 'settings')),
    ...((http2 === 'true' || http2 === 'false') && { http2: http2 === 'true' }),
  }
  return Object.keys(settings).length === 0 ? {} : { settings }
}

/** Where a part of the draft is, if that is not under its own name. */
function placeOf({ section, runtime }: FileParts, part: string): unknown {
  if (part === 'query' || part === 'path') return pairOf(section, 'params')?.value
  return part === 'variables' ? pairOf(runtime, 'variables')?.value : undefined
}

/** POST is what a GraphQL request without a method means. */
function methodOf(file: YamlFile, section: unknown, kind: ItemKind): string {
  const method = textOf(valueOf(file, section, 'method')) ?? ''
  return kind === 'graphql' ? (method || 'POST').toUpperCase() : 'GET'
}

/** An address may be empty yet. */
const fileDraft = requestDraft.omit({ accountId: true }).extend({ url: z.string().max(limits.url) })

/** One without a type is of the query. */
function isPathRow(file: YamlFile): (row: FileRow) => boolean {
  return ({ node }) => textOf(valueOf(file, node, 'type')) === 'path'
}

/** Those of these names that have something in them. */
export function keptLists(file: YamlFile, map: unknown, names: readonly string[]): string[] {
  return names.filter((name) => {
    const value = valueOf(file, map, name)
    return (isSeq(value) || isMap(value)) && value.items.length > 0
  })
}
