import type { ConnectionSettings } from '@contract/connection-settings'
import { isObject } from '../../text/parse-object.ts'
import { answerMembers } from '../wire/own-words.ts'
import { softenTokenAnswer } from './token-answer.ts'
import type { AskOptions } from './token-request.ts'

/** How token responses of a connection are read, by the user's word for an non-standard: form-encoded, their members found
 *  by JSON pointers (RFC 6901), of a type that stands for Bearer. All else stays to be judged as ever. */
export function answerShape(
  settings: ConnectionSettings = {},
  now: () => number,
): Pick<AskOptions, 'read' | 'soften'> {
  return {
    read: (body) =>
      reshaped(answerMembers(body) ?? (settings.formTokenAnswer ? asForm(body) : undefined), settings),
    soften: (json) => {
      const soft = softenTokenAnswer(
        settings.lifeAs === undefined ? json : { ...json, expires_in: lifeOf(json, settings.lifeAs, now()) },
      )
      if (json['expires_in'] === undefined && settings.lifeAs === undefined)
        soft.notes.push(...otherLives(json))
      const { token_type: type } = soft.json
      const usual = typeof type === 'string' && ['bearer', 'dpop'].includes(type.toLowerCase())
      if (settings.sendAsBearer !== true || usual) return soft
      const named = typeof type === 'string' ? `of the type “${type.slice(0, 40)}”` : 'without a type'
      return {
        json: { ...soft.json, token_type: 'Bearer' },
        notes: [...soft.notes, `non-standard: the token was issued ${named} and is sent as Bearer`],
      }
    },
  }
}

const members = [
  ['access_token', 'accessTokenAt'],
  ['refresh_token', 'refreshTokenAt'],
  ['expires_in', 'expiresInAt'],
] as const

function reshaped(
  json: Record<string, unknown> | undefined,
  settings: ConnectionSettings,
): Record<string, unknown> | undefined {
  if (json === undefined) return undefined
  const found = members.flatMap(([member, setting]): [string, unknown][] => {
    const at = settings[setting]
    const value = at === undefined ? undefined : pointedAt(json, at)
    return value === undefined ? [] : [[member, value]]
  })
  return found.length === 0 ? json : { ...json, ...Object.fromEntries(found) }
}

function pointedAt(json: unknown, pointer: string): unknown {
  let at = json
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(at)) at = /^\d{1,4}$/.test(name) ? (at[Number(name)] as unknown) : undefined
    else at = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined
  }
  return at
}

/** Beyond this a time counts milliseconds: in seconds it would be the year 5138. */
const millisecondsFrom = 100_000_000_000

/** A life in seconds from one that is given otherwise; `undefined` where it is none. */
function lifeOf(json: Record<string, unknown>, as: 'milliseconds' | 'time', now: number): number | undefined {
  const given =
    as === 'milliseconds'
      ? json['expires_in']
      : (json['expires_in'] ?? json['expires_at'] ?? json['expires_on'] ?? json['expires'])
  if (typeof given !== 'number' && (typeof given !== 'string' || given.trim() === '' || given.length > 40))
    return undefined
  const number = Number(given)
  if (as === 'milliseconds') return Number.isFinite(number) ? number / 1000 : undefined
  const ends = Number.isNaN(number)
    ? Date.parse(String(given))
    : number >= millisecondsFrom
      ? number
      : number * 1000
  return Number.isFinite(ends) ? (ends - now) / 1000 : undefined
}

/** A life under another name is not guessed at, but told. */
function otherLives(json: Record<string, unknown>): string[] {
  const found = ['expires_at', 'expires_on', 'expires', 'ext_expires_in'].filter((name) =>
    ['string', 'number'].includes(typeof json[name]),
  )
  return found.map((name) =>
    name === 'ext_expires_in'
      ? 'ext_expires_in is for when the provider is down, so it was not used as the lifetime.'
      : `The response has ${name} instead of expires_in. It is used if the connection sets the lifetime format to the time of expiry.`,
  )
}

const longestForm = 65_536

function asForm(body: string): Record<string, unknown> | undefined {
  const text = body.trim()
  if (text.length > longestForm || !/(?:^|&)access_token=/.test(text) || /[\s<{]/.test(text)) return undefined
  return Object.fromEntries(new URLSearchParams(text))
}
