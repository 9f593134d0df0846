import { defined } from '@contract/defined'
import type { Failure } from '@contract/result'
import { asWritten } from '../wire/as-written.ts'
import { fromBase64url } from '../wire/encoding.ts'
import { callEndpoint, type EndpointContext, type EndpointResult } from './endpoint-call.ts'

/** What the userinfo endpoint says of the person. */
export interface Userinfo {
  claims: Record<string, unknown>
  /** It came as a signed JWT, whose signature was checked, or could not be. */
  signed: 'checked' | 'unchecked' | false
}

/** Judges the signature of a userinfo response that is a JWT; notes say what could not be checked. It is a must, so
 *  that no one can forget it. */
export type JudgeSigned = (
  jwt: string,
) => Promise<{ ok: true; checked: boolean; notes?: string[] } | { ok: false; error: Failure }>

const signatures = ['RS', 'PS', 'ES'].flatMap((family) =>
  ['256', '384', '512'].map((bits) => `${family}${bits}`),
)
/** Never `none`, whatever the metadata announces. */
const accepted = [...signatures, 'EdDSA', 'Ed25519', 'HS256', 'HS384', 'HS512']

/** Asks the userinfo endpoint (OpenID Connect Core section 5.3). `subject` is the ID token's `sub`, which the response
 *  must name too (section 5.3.2); without an ID token there is nothing to compare. `bound`: the access token is
 *  sender-constrained. Codes: `userinfo_*`, those of `judge`. */
export async function fetchUserinfo(
  { accessToken, subject, bound }: { accessToken: string; subject?: string; bound: boolean },
  context: EndpointContext,
  judge: JudgeSigned,
): Promise<EndpointResult<Userinfo>> {
  let jwt: string | undefined
  let came = ''
  const { connection } = context
  const announced: unknown = connection.metadata['userinfo_signing_alg_values_supported']
  const algorithms = Array.isArray(announced) ? accepted.filter((name) => announced.includes(name)) : accepted
  const metadata = { ...connection.metadata, userinfo_signing_alg_values_supported: algorithms }
  const answer = await callEndpoint(
    'userinfo',
    { ...context, connection: { ...connection, metadata } },
    ({ openid, configuration }) =>
      openid.fetchUserInfo(configuration, accessToken, subject ?? openid.skipSubjectCheck),
    {
      ...defined({ bound: bound ? accessToken : undefined }),
      seen: (type, body) => {
        if (/\bjwt\b/i.test(type)) jwt = body
        came = body
      },
    },
  )
  if (!answer.ok) return answer
  const { notes } = answer
  if (subject === undefined) notes.push('There is no ID token to compare the subject with.')
  let signed: Userinfo['signed'] = false
  if (jwt !== undefined) {
    const verdict = await judge(jwt.trim())
    if (!verdict.ok) return verdict
    signed = verdict.checked ? 'checked' : 'unchecked'
    notes.push(...(verdict.notes ?? []))
  }
  return {
    ok: true,
    value: {
      claims: asWritten({ ...answer.value }, jwt === undefined ? came : payloadOf(jwt)),
      signed,
    },
    notes,
  }
}

/** The claims of a signed answer, as text; the library has read them before. */
function payloadOf(jwt: string): string {
  const [, payload = ''] = jwt.trim().split('.', 3)
  return new TextDecoder().decode(fromBase64url(payload))
}
