import { rememberWritten, writtenMember } from '../text/written.ts'
import { defined } from '@contract/defined'
import type { FlowCheck, FlowMessageKind, FlowParameter, FlowWire } from '@contract/flows'
import { explainParameter, isKnownParameter } from './explain-parameter.ts'
import { mark } from '../secrecy/mark.ts'

const longestValue = 400
const mostParameters = 120

/** A form or query as pairs; what is not sound is left as it is. */
export function formPairs(text: string): [string, string][] {
  return [...new URLSearchParams(text)]
}

/** The query of a URL. */
export function queryOf(url: string): string {
  return (url.split('#', 1)[0] ?? '').split('?').slice(1).join('?')
}

/** The parameters of a body: JSON by its look, else a form where the header says so. */
export function bodyPairs(body: string | undefined, headers: [string, string][]): [string, string][] {
  if (body === undefined || body === '') return []
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  if (/^\s*[{[]/.test(body)) return jsonPairs(body)
  return type.includes('form') || /^[\w.-]+=/.test(body) ? formPairs(body) : []
}

/** All parameters of a message with their meaning; headers only where a rule knows them. */
export function readParameters(
  kind: FlowMessageKind,
  parts: { query?: [string, string][]; body?: [string, string][]; headers?: FlowWire['headers'] },
  checks: FlowCheck[] = [],
): FlowParameter[] {
  const one =
    (place: FlowParameter['place']) =>
    ([name, value]: [string, string]): FlowParameter => {
      const { says, source } = explainParameter(kind, place === 'header' ? `header:${name}` : name, value)
      const check = place === 'header' ? undefined : checks.find(({ id }) => id === name)
      return {
        name,
        value: shorten(value),
        place,
        hidden: value.includes(mark),
        says,
        ...defined({ source, check }),
      }
    }
  const known = (parts.headers ?? []).filter(([name]) => isKnownParameter(kind, `header:${name}`))
  return [
    ...(parts.query ?? []).map(one('query')),
    ...(parts.body ?? []).map(one('body')),
    ...known.map(one('header')),
  ].slice(0, mostParameters)
}

function shorten(text: string): string {
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text
}

/** The members of a JSON object as texts; empty for anything else. */
function jsonPairs(body: string | undefined): [string, string][] {
  try {
    const value: unknown = JSON.parse(body ?? '')
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
    rememberWritten(value, body ?? '')
    return Object.entries(value).map(([name, member]) => [
      name,
      typeof member === 'string' ? member : writtenMember(value, name, member),
    ])
  } catch {
    return []
  }
}
