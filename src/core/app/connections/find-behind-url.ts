import type { PastedKind } from '@contract/connect'
import { fail, ok, type Failure, type Result } from '@contract/result'
import { readChallenges } from '../../diagnosis/challenges.ts'
import {
  issuersAbove,
  readPastedUrl,
  sameEndpoint,
  type PastedRequest,
} from '../../oauth/discovery/connect-url.ts'
import { discoverProvider, type Discovery } from '../../oauth/discovery/discover.ts'
import {
  discoverResource,
  readResourceMetadata,
  type ProtectedResource,
} from '../../oauth/discovery/discover-resource.ts'
import type { Fetch } from '../../oauth/wire/fetch.ts'
import { recogniseTemplate, type Recognised } from '../../templates/recognise.ts'

interface Asking {
  fetch: Fetch
  allowInsecure: boolean
  /** The user allowed one POST with an empty JSON object, to an API that takes no GET. */
  byPost: boolean
}

/** What was found before it is put into the form. */
export interface Findings {
  kind: PastedKind
  discovery?: Discovery
  recognised?: Recognised
  request?: PastedRequest
  resource?: ProtectedResource
  otherProviders?: string[]
  takesNoGet?: true
  notes: string[]
}

/** Asks the address, and those that it leads to, what is behind it. GETs, and by the user's word one POST, without
 *  credentials.
 *  Codes: `connect_*`, `discovery_*`, `resource_*`. */
export async function findBehindUrl(text: string, asking: Asking): Promise<Result<Findings>> {
  const pasted = readPastedUrl(text, asking)
  if (!pasted.ok) return pasted
  const { kind, url } = pasted.value
  const context = { ...asking, readChallenge }
  async function fromResource(
    read: Result<ProtectedResource>,
    as: 'api' | 'resource-metadata',
  ): Promise<Result<Findings>> {
    if (!read.ok) return read
    const behind = await behindResource(read.value, asking)
    if (!behind.ok) return behind
    const { discovery, others, notes } = behind.value
    const recognised = recogniseTemplate(discovery.metadata.issuer)
    const said = [...read.value.notes, ...notes]
    return ok({ kind: as, discovery, resource: read.value, recognised, otherProviders: others, notes: said })
  }

  if (kind === 'resource-metadata')
    return fromResource(await readResourceMetadata(url, context), 'resource-metadata')
  const recognised = recogniseTemplate(url)
  if (pasted.value.kind === 'authorization-url') {
    const { request } = pasted.value
    const behind = await behindAuthorizationUrl(request, recognised, asking)
    return ok({ kind: 'authorization-url', request, recognised, ...behind })
  }
  if (recognised?.template.endpoints) return ok({ kind: 'issuer', recognised, notes: [] })
  const found = await discoverProvider(url, asking)
  if (found.ok) {
    return ok({
      kind: kind === 'metadata-document' ? 'metadata-document' : 'issuer',
      discovery: found.value,
      recognised: recognised ?? recogniseTemplate(found.value.metadata.issuer),
      notes: [],
    })
  }
  if (recognised?.everyTenant) {
    return fail(
      found.error.code,
      noTenant(recognised),
      `For example ${recognised.template.blanks[0]?.example ?? ''}`,
    )
  }
  // Where something claims to be metadata and is not fit, that is the response.
  const elsewhere = [
    'discovery_not_found',
    'discovery_status',
    'discovery_html',
    'discovery_redirect',
    'discovery_not_json',
    'discovery_not_metadata',
    'discovery_issuer_mismatch',
  ]
  if (kind === 'metadata-document' || !elsewhere.includes(found.error.code)) return found
  const api = await fromResource(await discoverResource(url, context), 'api')
  if (api.ok) return api
  const atRoot = await providerAtRoot(url, api.error, asking)
  if (atRoot !== undefined) return atRoot
  const claimed = ['discovery_not_metadata', 'discovery_issuer_mismatch'].includes(found.error.code)
  if (claimed && api.error.code !== 'resource_mismatch') return found
  // An address that answers like a web page was meant as an issuer; one that refuses was meant as an API.
  return api.error.code === 'resource_open' && found.error.code !== 'discovery_not_found' ? found : api
}
const mostProviders = 4

/** The provider that an API's own host publishes at its root, as older MCP servers do: the next best where the API
 *  itself does not lead there. Nothing proves that its tokens are for this API. */
async function providerAtRoot(
  url: string,
  { code, message }: Failure,
  asking: Asking,
): Promise<Result<Findings> | undefined> {
  const { origin, pathname } = new URL(url)
  const refused = [
    'resource_not_metadata',
    'resource_mismatch',
    'resource_silent',
    'resource_no_get',
    'resource_no_provider',
  ]
  if (pathname === '/' || !refused.includes(code)) return undefined
  const found = await discoverProvider(origin, asking)
  if (!found.ok) return undefined
  return ok({
    kind: 'api',
    discovery: found.value,
    recognised: recogniseTemplate(found.value.metadata.issuer),
    ...(code === 'resource_no_get' && { takesNoGet: true }),
    notes: [
      `${message} The provider at the root of the same host is offered instead; it may not issue tokens for this API.`,
    ],
  })
}

function readChallenge(field: string) {
  return readChallenges([field]).challenges
}

function noTenant({ template }: Recognised): string {
  return `This address serves every tenant of ${template.name} and has no issuer of its own: ID tokens name each user’s own tenant. Replace it with your tenant’s ID.`
}

/** The provider that an authorization URL belongs to: by its template, else from the addresses above it. */
async function behindAuthorizationUrl(
  request: PastedRequest,
  recognised: Recognised | undefined,
  asking: Asking,
): Promise<{ discovery?: Discovery; notes: string[] }> {
  if (recognised?.template.endpoints) return { notes: [] }
  if (recognised?.everyTenant) return { notes: [noTenant(recognised)] }
  const candidates = recognised?.issuer ? [recognised.issuer] : issuersAbove(request.endpoint)
  const notes: string[] = []
  for (const candidate of candidates) {
    const found = await discoverProvider(candidate, asking)
    if (found.ok) {
      if (sameEndpoint(found.value.metadata.authorization_endpoint, request.endpoint))
        return { discovery: found.value, notes }
      notes.push(
        `${found.value.metadata.issuer} publishes metadata, but names another authorization endpoint than the pasted one; it was not used.`,
      )
    } else if (found.error.code === 'discovery_issuer_mismatch') notes.push(found.error.message)
    else if (/unreachable|timeout|tls/.test(found.error.code))
      return { notes: [...notes, found.error.message] }
  }
  return { notes }
}

/** The first of the API's authorization servers that answers. */
async function behindResource(
  resource: ProtectedResource,
  asking: Asking,
): Promise<Result<{ discovery: Discovery; others: string[]; notes: string[] }>> {
  const [first] = resource.authorizationServers
  if (first === undefined) {
    return fail(
      'resource_no_provider',
      `The API ${resource.name ?? resource.resource} names no authorization server.`,
      'Ask its operator which provider issues its tokens, and paste that issuer.',
    )
  }
  const notes: string[] = []
  let failure
  for (const issuer of resource.authorizationServers.slice(0, mostProviders)) {
    const found = await discoverProvider(issuer, asking)
    if (found.ok) {
      const others = resource.authorizationServers.filter((each) => each !== issuer)
      return ok({ discovery: found.value, others, notes })
    }
    failure ??= found.error
    notes.push(`${issuer}: ${found.error.message}`)
  }
  return failure === undefined
    ? fail('resource_no_provider', 'None of them responded.')
    : { ok: false, error: failure }
}
