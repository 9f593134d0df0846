import type { Check } from '@contract/tokens/tokens'
import { member } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { named } from './named.ts'
import { readable } from './text-tricks.ts'

/** Longer names are no names; what is looked at, in characters. */
const longest = 512

const signs: readonly [RegExp, string, string][] = [
  [
    /^[$#]\{|[%*]\{|\{\{|\{%|<%|\$\{jndi:|[$#]\{[^{}]{0,200}[${:(*+]/i,
    'expression',
    'An API that logs kid or puts it into a template may evaluate its content.',
  ],
  [
    /<[a-z!/]|^javascript:|\bon(?:error|load|click)\s{0,20}=/i,
    'markup',
    'A page that shows kid without escaping it runs its content.',
  ],
  [
    /(?:^|[/\\]|%2f|%5c|%c0%af)(?:\.|%2e){2,4};?(?:[/\\]|%2f|%5c|%c0%af|$)/i,
    'path traversal',
    'An API that opens a key file by this name reads another file, for example an empty one.',
  ],
  [
    /^(?:https?|ldaps?|ftp|jar|data|gopher):|^\/\/|^\\\\|^(?!file:)[a-z][\w+.-]{1,20}:\/\//i,
    'address',
    'An API that follows kid as an address lets the token choose its key.',
  ],
  [
    /^(?:\/(?!(?=\D*\d)[A-Za-z0-9+/]{20,}={0,2}$)|[a-z]:\\)|^file:|[/\\][\w.-]{1,80}\.(?:pem|key|crt|cer|css|js|json|html?|txt|ini|conf|env|ico|png|jpe?g)$/i,
    'path',
    'An API that opens a key file by this name lets the token choose the file.',
  ],
  [
    /\{\s{0,20}["']?\$\w|\[\s{0,20}\$(?:ne|gt|lt|regex|where)\b/i,
    'query operator',
    'An API that puts kid into a query of a document database lets the token choose its key.',
  ],
  [
    /['"`]\s*(?:(?:or|and|union)\b|\|\||[;)#]|--)|\bunion(?:\s|\/\*\*\/)+(?:all\s+)?select\b|--(?:\s|$)|\/\*!?|;\s*(?:drop|select|insert|update|delete|exec|waitfor|shutdown)\b|\b(?:sleep|pg_sleep|benchmark|extractvalue)\s{0,20}\(|^[^'"]{0,200}['"]$/i,
    'SQL injection',
    'An API that puts kid into a query lets the token choose its key.',
  ],
  [
    /\*\)\(|\)\(\||\(\|\(|^\*$/,
    'LDAP injection',
    'An API that looks keys up in a directory lets the token choose its key.',
  ],
  [
    /[|;&`]|\$\(|[<>]\s{0,5}[/&\w]{1,40}\/|^[<>]/,
    'command injection',
    'An API that puts kid into a command line runs its content.',
  ],
  [
    /^(?:__proto__|constructor|prototype|toString|hasOwnProperty|valueOf)$/,
    'name of a built-in',
    'An API that keeps its keys in a plain object finds something there that is no key.',
  ],
  [/(?:%[sdnxp]){2}|%n/, 'format string', 'An API that uses kid as a format reads or writes other memory.'],
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
      'non-text value',
      'kid must be text (RFC 7515 section 4.1.4); an API that expects text may fail open.',
    )
  if (kid.trim() === '')
    return say('nothing', 'An empty kid: an API that looks a key up by it may find an empty one.')
  const looked = kid.slice(0, longest)
  if (Array.from(looked).some((character) => character < ' ' || character === '\u007f'))
    return say('control characters', 'Control characters, which end names and log lines early.')
  const found = signs.find(([pattern]) => spellings(looked).some((text) => pattern.test(text)))
  if (found) return say(found[1], found[2])
  if (/[\p{Cf}\p{Zl}\p{Zp}]/u.test(looked))
    return say('invisible characters', 'What is displayed is not the name that is looked up.')
  return kid.length > 2 * longest
    ? say('absurd length', 'An API that records each unknown name may exhaust its memory.')
    : []
}

/** The name as it is written, with its percent-encoding undone one time, and in plain letters for wide ones. */
function spellings(text: string): string[] {
  const decoded = text.replace(/%25/g, '%')
  return [...new Set([text, decoded, readable(text)])]
}
