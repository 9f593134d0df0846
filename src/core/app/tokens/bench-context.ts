import { defined } from '@contract/defined'
import type { Disclosure } from '@contract/tokens/tokens'
import type { Inspection } from '../../jwt/explain/inspection.ts'
import { publicJwk } from '../../jwt/keys/jwk.ts'
import { decodeToken, type DecodedToken } from '../../jwt/text/decode.ts'
import type { FoundToken } from '../../jwt/text/find-tokens.ts'
import { isObject, member, textMember } from '../../jwt/text/json-object.ts'
import { digestText, reassemble, type Reassembled } from '../../jwt/text/reassemble.ts'

type Context = Pick<Inspection, 'disclosed' | 'presentation' | 'companion'>

/** What came with a token in the text that it was pasted in, and has a say in its checks: disclosures, the SD-JWT before a
 *  key binding, the access token beside a DPoP proof. */
export async function contextOf(
  token: DecodedToken,
  found: readonly FoundToken[],
  picked: number,
): Promise<Context> {
  const own = found[picked]
  return defined({
    disclosed: await disclosedIn(token, own),
    presentation: own?.presented === undefined ? undefined : await presentationOf(own.presented),
    companion: await companionOf(token, found, picked),
  })
}

async function disclosedIn(token: DecodedToken, own: FoundToken | undefined): Promise<Context['disclosed']> {
  const { disclosures = [], shown } = own ?? {}
  const isSelective =
    token.format === 'jwt' && (disclosures.length > 0 || member(token.claims, '_sd_alg') !== undefined)
  if (!isSelective) return undefined
  return { reassembled: await reassemble(token.claims, disclosures), count: disclosures.length, shown }
}

async function presentationOf(text: string): Promise<Context['presentation']> {
  const [issued = '', ...rest] = text.split('~')
  const token = decodeToken(issued)
  if (token.format !== 'jwt') return undefined
  const whole = await reassemble(
    token.claims,
    rest.filter((part) => part !== ''),
  )
  const isSound = whole?.fates.every((fate) => fate === 'matched') === true
  return { issued: token.claims, claims: isSound ? whole.claims : token.claims, text }
}

/** The first other token of a text that holds a DPoP proof. */
async function companionOf(
  token: DecodedToken,
  found: readonly FoundToken[],
  picked: number,
): Promise<Context['companion']> {
  const jwk = token.format === 'jwt' ? member(token.header, 'jwk') : undefined
  if (token.format !== 'jwt' || !isProof(token) || !isObject(jwk)) return undefined
  const other = found
    .filter((_each, index) => index !== picked)
    .map(({ text }) => decodeToken(text))
    .find((each) => each.format === 'jwt' && !isProof(each))
  if (other?.format !== 'jwt') return undefined
  const cnf = member(other.claims, 'cnf')
  const key = publicJwk(jwk)
  return {
    thumbprint: key && (await thumbprintOf(key)),
    bound: isObject(cnf) ? textMember(cnf, 'jkt') : undefined,
    hash: await digestText('SHA-256', other.text),
  }
}

function isProof(token: DecodedToken): boolean {
  return token.format === 'jwt' && textMember(token.header, 'typ')?.toLowerCase() === 'dpop+jwt'
}

async function thumbprintOf(key: Record<string, string>): Promise<string | undefined> {
  const { calculateJwkThumbprint } = await import('jose')
  try {
    return await calculateJwkThumbprint(key)
  } catch {
    return undefined
  }
}

/** Each disclosure with what became of it. */
export function fated(disclosures: Disclosure[], fates: Reassembled['fates'] = []): Disclosure[] {
  return disclosures.map((each, index) =>
    each.readable ? { ...each, ...defined({ fate: fates[index] }) } : each,
  )
}
