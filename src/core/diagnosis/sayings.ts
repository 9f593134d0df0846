import type { Case, Verdict } from './case.ts'
import { pickHelp } from './help.ts'

interface Saying {
  said: RegExp
  /** Words that mean something else. */
  but?: RegExp
  headline: string
  next: (item: Case) => string
  /** A challenge for a Bearer token (RFC 6750 section 3) speaks of the token, whatever its words call it. */
  unlessBearer?: true
}

/** What APIs say in words alone, without a code of a standard. The first that fits counts. */
const sayings: readonly Saying[] = [
  {
    headline: 'The API says that a limit or quota is used up',
    said: /(?:rate|requests?|usage) limit|quota|limit (?:is |was )?exceeded|too many requests/i,
    but: /unlimited/i,
    next: () => 'Wait, then send again, or ask the API’s operator for a higher limit.',
  },
  {
    headline: 'The API requires a CSRF token',
    said: /\bcsrf\b|\bxsrf\b|cross-site request forgery/i,
    next: () =>
      'It treats the call as one from a browser’s session. Use the path that is meant for API clients, or send the token that it expects.',
  },
  {
    headline: 'This API is not enabled for the client’s project',
    said: /has not been used in project|api .{0,80}is disabled|not enabled for (?:this|the|your) project/i,
    next: () => 'Enable it in the provider’s console, wait a few minutes, and send again.',
  },
  {
    headline: 'The API requires a valid API key',
    said: /\b(?:api|subscription)[ -]?key\b/i,
    but: /token/i,
    unlessBearer: true,
    next: () => 'Put the key where the API’s documentation says, often the header X-API-Key.',
  },
  {
    headline: 'The API says that the token lacks a scope',
    said: /(?:insufficient|missing|lack|requir|not (?:been )?granted|hasn.t|doesn.t|does not|expected|without|approval for).{0,80}\bscopes?\b|\bscopes?\b.{0,60}(?:missing|requir|granted|insufficient|does not|doesn.t|expected)/i,
    next: () => 'Add the scope to the connection and sign in again, or call as an account that may have it.',
  },
  {
    headline: 'The API does not allow calls from this network address',
    said: /\bip(?: address)?\b.{0,60}(?:not (?:allowed|permitted|authori[sz]ed|whitelisted)|blocked|denied|restricted|allowlist|whitelist)/i,
    next: () => 'Call from an allowed network, or have the address added to the API’s list.',
  },
  {
    headline: 'The API does not accept the token',
    // oxlint-disable-next-line habits/secrecy-elsewhere -- What APIs say of them; nothing is covered by it.
    said: /(?:could|can)(?:not| not) (?:validate|verify) (?:the |your )?(?:credentials|token)|invalid (?:authentication |access |bearer |api |auth )?(?:credentials?\b|token|key\b)|(?:token|credentials|key) (?:is|are|was) (?:invalid|not valid|incorrect)|not valid for any token type|invalid or expired|expired or invalid/i,
    next: (item) => pickHelp('again', item.call),
  },
]

/** What the API's own sentence means; `certain`, since it says so. */
export function bySaying(item: Case): Verdict | undefined {
  const { said, challenge } = item
  if (said === undefined) return undefined
  const found = sayings.find(
    (each) =>
      each.said.test(said) &&
      each.but?.test(said) !== true &&
      !(each.unlessBearer === true && challenge?.scheme === 'bearer'),
  )
  return found && { headline: found.headline, certainty: 'certain', next: found.next(item) }
}
