import { itemKindTable, type ItemKind } from '@contract/tables/item-kinds'
import { keyIn } from '@contract/tables/keys-of'
import { isSeq } from 'yaml'
import { resolved, textOf, valueOf, type YamlFile } from './yaml-file.ts'

/** What the tree shows of a file. */
export interface Head {
  kind: ItemKind
  /** Empty where the file does not say. */
  name: string
  method?: string
  /** Its place among its neighbours. */
  seq?: number
  /** Absent where it has none. */
  tags?: string[]
}

/** What the tree shows of a file that was read. */
export function headOf(file: YamlFile): Head {
  const info = valueOf(file, file.root, 'info')
  const member = (map: unknown, name: string): string => textOf(valueOf(file, map, name)) ?? ''
  const kind = kindOf(member(info, 'type') || member(file.root, 'type'), file)
  const seq = Number(member(info, 'seq') || 'none')
  return {
    kind,
    name: member(info, 'name'),
    ...(kind === 'http' && { method: methodOf(member(valueOf(file, file.root, 'http'), 'method')) }),
    ...(Number.isFinite(seq) && { seq }),
    ...tagsMember(tagsOf(file, info)),
  }
}

/** Tags of one file that are read. */
const mostTags = 100

/** The tags of an `info`, each once; what is not a text is none. */
export function tagsOf(file: YamlFile, info: unknown): string[] {
  const list = valueOf(file, info, 'tags')
  if (!isSeq(list)) return []
  const texts = list.items.map((item) => textOf(resolved(file.document, item)) ?? '')
  return [...new Set(texts.filter((text) => text !== ''))].slice(0, mostTags)
}

export function tagsMember(tags: string[]): { tags?: string[] } {
  return tags.length === 0 ? {} : { tags }
}

function kindOf(type: string, file: YamlFile): ItemKind {
  const named = keyIn(itemKindTable, type)
  if (named !== undefined) return named
  const has = (section: string | undefined): boolean =>
    section !== undefined && valueOf(file, file.root, section) !== undefined
  const kinds = Object.keys(itemKindTable) as ItemKind[]
  return type === '' ? (kinds.find((kind) => has(itemKindTable[kind].section)) ?? 'unknown') : 'unknown'
}

/** GET is what a request without a method means. */
function methodOf(text: string): string {
  return (text || 'GET').toUpperCase()
}

const plain = /^[A-Za-z](?:[\w./()+@,-]| (?=[\w./()+@,-]))*$/
const reserved = /^(?:true|false|null|yes|no|on|off)$/i

/** The same by a look at the first lines, in a small part of the time, for files that are written as tools write
 *  them; nothing for any other, which has to be read in full. Whether the rest of the file is right is not asked. */
export function readHead(text: string): Head | undefined {
  const found = new Map<string, string>()
  const tags: string[] = []
  let section = ''
  let last = ''
  for (let at = 0; at < text.length && at < 4_096;) {
    const end = text.indexOf('\n', at)
    const line = text.slice(at, end < 0 ? text.length : end).replace(/\r$/, '')
    at = end < 0 ? text.length : end + 1
    if (line === '') continue
    // What is deeper belongs to the line before: a list of tags, or more of a text.
    if (last === 'info.tags') {
      const tag = tagIn(line)
      if (tag !== undefined) tags.push(tag)
      if (tag === undefined && /^ {3}/.test(line)) return undefined
      if (tag !== undefined) continue
    }
    if (line.startsWith('   ') && !heads.has(last)) continue
    const [, indent, name, rest] = /^(| {2})([a-z]+):(?: (.*))?$/.exec(line) ?? []
    if (indent === undefined || name === undefined) return undefined
    if (indent !== '') {
      last = `${section}.${name}`
      const value = simple(rest ?? '')
      if (value === undefined && heads.has(last)) return undefined
      // A list on one line, or none.
      if (last === 'info.tags' && rest !== undefined) return undefined
      found.set(last, value ?? '')
      if (last === 'http.method') return goesOn(text, at) ? undefined : head(found, section, tags)
    } else {
      if (rest !== undefined || (section === '') !== (name === 'info')) return undefined
      if (section !== '' && section !== 'info') return head(found, section, tags)
      section = name
      last = ''
      const kind = found.get('info.type')
      if (section !== 'info' && kind !== 'http') return head(found, section, tags)
    }
  }
  return head(found, section, tags)
}

/** Whether the next line that is not empty still belongs to the value before it. */
function goesOn(text: string, at: number): boolean {
  const next = text
    .slice(at, at + 4_096)
    .split('\n')
    .find((line) => line.trim() !== '')
  return next?.startsWith('   ') ?? text.length > at + 4_096
}

/** What an item of a list of tags says, if it is one that means what it looks like. */
function tagIn(line: string): string | undefined {
  const text = /^ {4,}- (\S.*)$/.exec(line)?.[1]
  return text === undefined ? undefined : simple(text)
}

const heads: ReadonlySet<string> = new Set(['info.name', 'info.type', 'info.seq', 'http.method'])

function head(
  found: ReadonlyMap<string, string>,
  section: string,
  tags: readonly string[],
): Head | undefined {
  const kind = keyIn(itemKindTable, found.get('info.type') ?? '')
  const name = found.get('info.name')
  const method = found.get('http.method')
  if (kind === undefined || name === undefined || section !== itemKindTable[kind].section) return undefined
  if (kind === 'http' && method === undefined) return undefined
  const seq = Number(found.get('info.seq') ?? 'none')
  return {
    kind,
    name,
    ...(kind === 'http' && { method: methodOf(method ?? '') }),
    ...(Number.isFinite(seq) && { seq }),
    ...tagsMember([...new Set(tags)].slice(0, mostTags)),
  }
}

/** A value that means what it looks like, whoever reads it. */
function simple(text: string): string | undefined {
  if (/^\d{1,9}$/.test(text)) return text
  if (plain.test(text)) return reserved.test(text) ? undefined : text
  return /^"[^"\\]*"$/.test(text) || /^'[^']*'$/.test(text) ? text.slice(1, -1) : undefined
}
