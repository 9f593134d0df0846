import type { FlowHead, FlowRecord, ExchangeStep } from './flow.ts'
import { bodyPairs, formPairs, queryOf } from './read-parameters.ts'

/** Milliseconds as a person reads them: `4 ms`, `6.2 s`, `3 min`. */
export function duration(milliseconds: number): string {
  const value = Math.max(0, milliseconds)
  if (value < 1_000) return `${Math.round(value)} ms`
  if (value < 60_000) return `${(value / 1000).toFixed(1)} s`
  return `${Math.round(value / 60_000)} min`
}

/** Parameters that a label names when they are there: the ones that carry the proof. */
const telling = [
  'code',
  'code_verifier',
  'refresh_token',
  'client_assertion',
  'device_code',
  'subject_token',
  'assertion',
  'request_uri',
  'token',
]

/** `POST /token · code · code_verifier`. */
export function requestLabel(step: ExchangeStep): string {
  if (step.purpose === 'discovery') return `${step.method} discovery`
  const names = new Set(
    [...formPairs(queryOf(step.url)), ...bodyPairs(step.requestBody, step.requestHeaders)].map(
      ([name]) => name,
    ),
  )
  const scheme = step.requestHeaders
    .find(([name]) => name.toLowerCase() === 'authorization')?.[1]
    .split(' ', 1)[0]
  const parts = [...telling.filter((name) => names.has(name)), ...(scheme ? [scheme] : [])]
  return [`${step.method} ${pathOf(step.url)}`, ...parts].join(' · ')
}

/** `200 · access 15 min · id · refresh`, or why there was no response. */
export function responseLabel(step: ExchangeStep): string {
  return step.failed !== undefined
    ? `${step.status ?? 'no response'} · ${step.failed.replace(/^network_/, '')}`
    : [String(step.status ?? 'no response'), ...responseParts(step)].join(' · ')
}

/** A failure's code, short enough for a tag: `iss`, `state`, `invalid grant`. */
export function tagOf({ outcome, failure }: Pick<FlowRecord, 'outcome' | 'failure'>): string {
  if (outcome === 'ok') return 'ok'
  if (outcome === 'running') return 'waits'
  if (outcome === 'cancelled') return 'cancelled'
  const code = failure?.code ?? 'failed'
  const own = Object.hasOwn(known, code) ? known[code] : undefined
  if (own !== undefined) return own
  const rest = code.replace(/^(callback|token|discovery|sign_in|refresh|endpoint|keys)_/, '')
  return (/^(iss|state|network)_/.exec(rest)?.[1] ?? rest).replaceAll('_', ' ').slice(0, 16)
}

/** For narrow lists, beside the tag of the outcome: `code + PKCE`, or `at step 3`. */
export function briefManner(head: Mannered): string {
  if (unfinished(head)) return `at step ${head.stepCount}`
  if (head.manner !== '') return head.manner
  return head.outcome === 'running' ? 'waits' : steps(head)
}

/** With how far it came: `code + PKCE · 9 steps`, or `refused at step 3`. */
export function manner(head: Mannered): string {
  const brief = briefManner(head)
  if (unfinished(head)) return `${head.outcome === 'refused' ? 'refused' : 'ended'} ${brief}`
  if (head.manner === '') return brief
  return `${brief} · ${head.outcome === 'running' ? 'waits' : steps(head)}`
}

function pathOf(url: string): string {
  const path = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] ?? url
  const last = path.split('/').filter(Boolean)
  return last.length > 2 ? `/…/${last.slice(-1).join('/')}` : `/${last.join('/')}`
}

const known: Record<string, string> = {
  callback_provider_error: 'denied',
  sign_in_timed_out: 'timed out',
  sign_in_not_kept: 'lost',
  token_invalid_grant: 'grant',
  token_invalid_client: 'client',
  token_invalid_scope: 'scope',
}

function minutes(seconds: number): string {
  return seconds < 120
    ? `${seconds} s`
    : seconds < 7_200
      ? `${Math.round(seconds / 60)} min`
      : `${Math.round(seconds / 3600)} h`
}

type Mannered = Pick<FlowHead, 'manner' | 'outcome' | 'stepCount'>

function listLength(text: string | undefined): number {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return Array.isArray(value) ? value.length : 0
  } catch {
    return 0
  }
}

function responseParts(step: ExchangeStep): string[] {
  const members = new Map(bodyPairs(step.responseBody, step.responseHeaders ?? []))
  const error = members.get('error')
  if (error !== undefined && members.get('access_token') === undefined) return [error.slice(0, 40)]
  switch (step.purpose) {
    case 'discovery':
      if (members.size === 0) return []
      return [
        `${members.size} fields`,
        ...(members.get('code_challenge_methods_supported')?.includes('S256') ? ['S256'] : []),
        ...(members.get('authorization_response_iss_parameter_supported') === 'true' ? ['iss'] : []),
      ]
    case 'token': {
      const seconds = Number(members.get('expires_in'))
      return [
        ...(members.has('access_token')
          ? [Number.isFinite(seconds) && seconds > 0 ? `access ${minutes(seconds)}` : 'access']
          : []),
        ...(members.has('id_token') ? ['id'] : []),
        ...(members.has('refresh_token') ? ['refresh'] : []),
      ]
    }
    case 'keys': {
      const count = listLength(members.get('keys'))
      return [`${count} ${count === 1 ? 'key' : 'keys'}`]
    }
    case 'userinfo':
      return [`${members.size} claims`]
    case 'introspection': {
      const active = members.get('active')
      if (step.status !== 200 || active === undefined) return []
      return active === 'true' ? ['active'] : ['not active']
    }
    default:
      return []
  }
}

function steps({ stepCount }: Mannered): string {
  return `${stepCount} ${stepCount === 1 ? 'step' : 'steps'}`
}

function unfinished({ outcome }: Mannered): boolean {
  return outcome === 'refused' || outcome === 'failed'
}
