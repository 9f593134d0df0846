import { ok, type Result } from '@contract/result'
import type { SendSettings, SettingName } from '@contract/sending/settings'
import { isMap, type YAMLMap } from 'yaml'
import { editRefusal as refusal } from './checks/edit-refusal.ts'
import { createMapEdit } from './edit-rows.ts'
import { plainOf } from './plain.ts'
import { readRequest } from './read-request.ts'
import type { NewEntries } from './scalar-text.ts'
import { createSplices, type Splices } from './splices.ts'
import { pairOf, valueOf, type YamlFile } from './yaml-file.ts'

/** Where each setting is: in the format's own block, or, where that has none, among the extensions. */
const places: Record<SettingName, readonly string[]> = {
  timeout: ['settings'],
  followRedirects: ['settings'],
  maxRedirects: ['settings'],
  http2: ['extensions', 'gatehouse'],
}
const names = Object.keys(places) as SettingName[]

/** The order of names in a request's file, as Bruno writes it. */
const rootOrder = ['info', 'http', 'graphql', 'runtime', 'settings', 'docs', 'extensions']

/** The text of a request's file with these settings: those that differ are written, the rest stays to the byte. Codes:
 *  `collection_edit`. */
export function editSettings(text: string, wanted: SendSettings): Result<string> {
  let now = text
  // One after another: the first may make the map that the next goes into.
  for (const name of names) {
    const edited = editOne(now, name, wanted[name])
    if (!edited.ok) return edited
    now = edited.value
  }
  return ok(now)
}

function editOne(text: string, name: SettingName, value: number | boolean | undefined): Result<string> {
  const read = readRequest(text)
  if (!read.ok) return refusal(read.fault.reason)
  const { file, draft } = read.request
  if (draft.settings?.[name] === value) return ok(text)
  const splices = createSplices(text)
  if (value === undefined) remove(file, [...places[name], name], splices)
  else put(file, [...places[name], name], value, splices)
  const written = splices.write()
  const again = written === undefined ? undefined : readRequest(written)
  if (written === undefined || again?.ok !== true) return refusal('Two changes are in the same place.')
  if (again.request.draft.settings?.[name] !== value)
    return refusal('The result would not be what was intended.')
  return othersOf(file, name) === othersOf(again.request.file, name)
    ? ok(written)
    : refusal('A value that is used in several places (an anchor) would change with it.')
}

function put(file: YamlFile, path: readonly string[], value: number | boolean, splices: Splices): void {
  const { map, rest } = nearest(file, path)
  const [name = '', ...below] = rest
  const pair = below.length === 0 ? pairOf(map, name) : undefined
  if (pair) return splices.setPlain(pair, value)
  const inner = below.toReversed().reduce<NewEntries[number][1]>((entries, each) => [[each, entries]], value)
  createMapEdit(file, map, splices, map === file.root ? rootOrder : []).replace(name, inner)
}

/** Takes a name out, and with it the maps that it alone is in. */
function remove(file: YamlFile, path: readonly string[], splices: Splices): void {
  const maps = [file.root]
  for (const name of path.slice(0, -1)) {
    const next = valueOf(file, maps.at(-1), name)
    if (!isMap(next)) return
    maps.push(next)
  }
  const level = maps.findLastIndex((map, index) => index === 0 || map.items.length > 1)
  const map = maps[level]
  const pair = pairOf(map, path[level] ?? '')
  if (map && pair) splices.removePair(map, pair)
}

/** The deepest map on the way that has something in it, and the names that follow. */
function nearest(file: YamlFile, path: readonly string[]): { map: YAMLMap; rest: readonly string[] } {
  let map: YAMLMap = file.root
  let rest = path
  while (rest.length > 1) {
    const next = valueOf(file, map, rest[0] ?? '')
    if (!isMap(next) || next.items.length === 0) break
    map = next
    rest = rest.slice(1)
  }
  return { map, rest }
}

/** All but one setting, as one text; a map with nothing in it is none. */
function othersOf(file: YamlFile, name: SettingName): string {
  return JSON.stringify(sorted(without(plainOf(file), [...places[name], name])))
}

/** A value without what is at this path. */
function without(value: unknown, [first, ...rest]: readonly string[]): unknown {
  if (first === undefined || typeof value !== 'object' || value === null) return undefined
  const { [first]: inner, ...others } = value as Record<string, unknown>
  const kept = without(inner, rest)
  const all = kept === undefined ? others : { ...others, [first]: kept }
  return Object.keys(all).length === 0 ? undefined : all
}

/** Members by their names: what is put in elsewhere is the same. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  )
}
