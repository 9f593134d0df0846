import { encodeBase64url } from '../text/base64url.ts'
import { member } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'

/** The claims with those that the holder may keep back as digests (RFC 9901 sections 4.2.1 and 4.2.4.1), and their
 *  disclosures in base64url. Names that are not there are passed over. */
export async function disclose(
  claims: JsonObject,
  names: readonly string[],
  randomBytes: (length: number) => Uint8Array,
): Promise<{ claims: JsonObject; disclosures: string[] }> {
  const kept = names.filter((name) => member(claims, name) !== undefined)
  const disclosures = kept.map((name) =>
    text64(JSON.stringify([encodeBase64url(randomBytes(16)), name, member(claims, name)])),
  )
  const digests = await Promise.all(disclosures.map(digest))
  const open = Object.fromEntries(Object.entries(claims).filter(([name]) => !kept.includes(name)))
  // Sorted, so that their order tells nothing of the claims' order.
  return { claims: { ...open, _sd: digests.toSorted(), _sd_alg: 'sha-256' }, disclosures }
}

function text64(text: string): string {
  return encodeBase64url(new TextEncoder().encode(text))
}

/** SHA-256 over the disclosure's ASCII text (RFC 9901 section 4.2.3). */
async function digest(disclosure: string): Promise<string> {
  return encodeBase64url(
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(disclosure))),
  )
}
