import type { Pair, RequestAuth, RequestBody, RequestDraft } from '@contract/requests'
import { variableNames } from '../../../text/variable-names.ts'
import type { ScopeLayer } from './scope-layers.ts'

/** How many names one request is looked through for. */
const most = 5_000

/** All names that are used by way of these: what stands for a name in a file may name others. */
export function usedNames(names: Iterable<string>, layers: readonly ScopeLayer[]): Set<string> {
  const used = new Set<string>()
  const waiting = [...names]
  for (let name = waiting.pop(); name !== undefined && used.size < most; name = waiting.pop()) {
    if (used.has(name)) continue
    used.add(name)
    const layer = layerOf(name, layers)
    const found = layer?.expands === true ? layer.values.get(name) : undefined
    if (found !== undefined) waiting.push(...variableNames(found.value))
  }
  return used
}

/** The nearest place that has a name, or declares it. */
export function layerOf(name: string, layers: readonly ScopeLayer[]): ScopeLayer | undefined {
  return layers.find(({ values, lacking }) => values.has(name) || lacking.has(name))
}

/** The names in all texts of a draft that are sent. */
export function namesInDraft({ url, query, headers, body, auth, path = [] }: RequestDraft): string[] {
  const rows = (all: readonly Pair[]): string[] =>
    all.flatMap(({ name, value, enabled }) => (enabled ? [name, value] : []))
  return namesIn([url, ...rows(query), ...rows(headers), ...rows(path), ...textsIn([body, auth ?? {}])])
}

export function namesInAuth(auth: RequestAuth): string[] {
  return namesIn(textsIn([auth]))
}

function namesIn(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => (text.includes('{{') ? variableNames(text) : [])))]
}

/** Every text in these, of whatever kind; rows that are switched off have none. */
function textsIn(parts: readonly (RequestBody | object)[]): string[] {
  const texts: string[] = []
  const waiting: unknown[] = [...parts]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') texts.push(next)
    else if (typeof next === 'object' && next !== null) {
      if ('enabled' in next && next.enabled === false) continue
      waiting.push(
        ...Object.values<unknown>({ ...next }).filter((each) => each !== undefined && each !== null),
      )
    }
  }
  return texts
}
