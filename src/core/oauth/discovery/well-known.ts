import { hasHole, mayFill, withHoleFilled } from '../../text/issuer-hole.ts'
import { withoutEnd } from '../../text/trim.ts'

const suffixes = ['openid-configuration', 'oauth-authorization-server'] as const

/** Where the metadata of an issuer may be, likeliest first: OpenID Connect Discovery section 4 appends the
 *  well-known part, RFC 8414 section 3 inserts it before the path; either way for either document. */
export function wellKnownUrls(issuer: URL): string[] {
  const { origin, path } = locate(issuer)
  const [openid, oauth] = suffixes
  return [
    ...new Set([
      `${origin}${path}/.well-known/${openid}`,
      `${origin}/.well-known/${oauth}${path}`,
      `${origin}/.well-known/${openid}${path}`,
      `${origin}${path}/.well-known/${oauth}`,
    ]),
  ]
}

/** Whether a URL is that of a metadata document itself rather than an issuer. */
export function isWellKnownUrl(url: URL): boolean {
  return suffixes.some((suffix) => url.pathname.includes(`/.well-known/${suffix}`))
}

/** Where a protected resource publishes its metadata, likeliest first (RFC 9728 section 3.1): the well-known
 *  part goes between host and path; some put it at the root for the whole host. */
export function resourceMetadataUrls(resource: URL): string[] {
  const { origin, path } = locate(resource)
  return [...new Set([`${origin}${resourceSuffix}${path}`, `${origin}${resourceSuffix}`])]
}

const resourceSuffix = '/.well-known/oauth-protected-resource'

/** Whether a URL is that of a protected resource's metadata. */
export function isResourceMetadataUrl(url: URL): boolean {
  return url.pathname.startsWith(resourceSuffix)
}

/** Whether a document that came from `fetchedFrom` may name `issuer` (RFC 8414 section 3.3): exactly those
 *  issuers may be in it from which this very address is made. */
export function issuerLeadsTo(issuer: string, fetchedFrom: string): boolean {
  try {
    if (hasHole(issuer)) return filledLeadsTo(issuer, fetchedFrom)
    return wellKnownUrls(new URL(issuer)).includes(withoutEnd(new URL(fetchedFrom).href, '/'))
  } catch {
    return false
  }
}

/** The same of an issuer with a hole: some segment of the address fills it. */
function filledLeadsTo(issuer: string, fetchedFrom: string): boolean {
  const { href, pathname } = new URL(fetchedFrom)
  return pathname
    .split('/', mostSegments)
    .map((segment) => withHoleFilled(issuer, segment))
    .some(
      (filled) => mayFill(issuer, filled) && wellKnownUrls(new URL(filled)).includes(withoutEnd(href, '/')),
    )
}
const mostSegments = 20

function locate(url: URL) {
  return { origin: url.origin, path: withoutEnd(url.pathname, '/') }
}
