import type { Check } from '@contract/tokens/tokens'
import { member } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { named } from './named.ts'

/** Longer names are no names; what is looked at, in characters. */
const longest = 512

const signs: readonly [RegExp, string, string][] = [
  [
    /^[$#]\{|\{\{|<%|\$\{jndi:/i,
    'expression',
    'An API that logs kid or puts it into a template may evaluate what is there.',
  ],
  [/<[a-z!/]/i, 'markup', 'A page that shows kid without escaping it runs what is there.'],
  [
    /(?:^|[/\\]|%2f|%5c)(?:\.|%2e){2}(?:[/\\]|%2f|%5c|$)/i,
    'path traversal',
    'An API that opens a key file by this name reads another file, for example an empty one.',
  ],
  [
    /^(?:https?|ldaps?|ftp|jar|data|gopher):|^\/\//i,
    'address',
    'An API that follows kid as an address lets the token choose its key.',
  ],
  [
    /^(?:\/|[a-z]:\\)|^file:/i,
    'path',
    'An API that opens a key file by this name lets the token choose the file.',
  ],
  [
    /['"`]\s*(?:(?:or|and|union)\b|\|\|)|\bunion(?:\s|\/\*\*\/)+(?:all\s+)?select\b|--(?:\s|$)|;\s*(?:drop|select|insert|update|delete)\b/i,
    'SQL injection',
    'An API that puts kid into a query lets the token choose its key.',
  ],
  [
    /\*\)\(|\)\(\||\(\|\(/,
    'LDAP injection',
    'An API that looks keys up in a directory lets the token choose.',
  ],
  [/[|;&`]|\$\(/, 'command injection', 'An API that puts kid into a command line runs what is there.'],
]

/** `kid` as a weapon. It is looked at as far as any real name goes. */
export function keyByName(header: JsonObject): Check[] {
  const kid = member(header, 'kid')
  if (kid === undefined) return []
  const say = (what: string, says: string) => [
    named('kid', `Attack: ${what} in kid`, 'RFC 8725 section 3.10', says),
  ]
  if (typeof kid !== 'string')
    return say(
      'no text',
      'kid has to be text (RFC 7515 section 4.1.4); an API that expects text may fail open.',
    )
  if (kid.trim() === '')
    return say('nothing', 'An empty kid: an API that looks a key up by it may find an empty one.')
  if (Array.from(kid.slice(0, longest)).some((character) => character < ' ' || character === '\u007f'))
    return say('control characters', 'Control characters, which end names and log lines early.')
  const found = signs.find(([pattern]) => pattern.test(kid.slice(0, longest)))
  return found ? say(found[1], found[2]) : []
}
