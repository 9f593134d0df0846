import type { ConnectFound, MissingPart, PastedKind } from '@contract/connect'
import type { ConnectionSettings } from '@contract/connection-settings'
import { connectionSettings } from '@contract/connection-settings'
import { fail, ok, type Result } from '@contract/result'
import { readChallenges } from '../domain/diagnosis/challenges.ts'
import { customSchemeRedirectUri } from '../domain/oauth/callback.ts'
import { loopbackRedirectUri } from '../domain/oauth/redirect-uri.ts'
import { issuersAbove, readPastedUrl, sameEndpoint, type PastedRequest } from '../domain/oauth/connect-url.ts'
import { discoverProvider, type Discovery } from '../domain/oauth/discover.ts'
import {
  discoverResource,
  readResourceMetadata,
  type ProtectedResource,
} from '../domain/oauth/discover-resource.ts'
import type { Fetch } from '../domain/oauth/fetch.ts'
import type { Clock } from '../domain/shared/ports.ts'
import { recogniseTemplate, type Recognised } from '../domain/templates/recognise.ts'
import { providerView } from './connections.ts'
import { discoveryFacts, type FlowRecorder } from './flow-recorder.ts'
import { templateView } from './templates.ts'

interface Dependencies {
  clock: Clock
  /** Whether the system hands our scheme to this app. */
  schemeWorks: () => Promise<boolean>
  recorder: FlowRecorder
}

interface Asking {
  fetch: Fetch
  allowInsecure: boolean
}

/** What was found before it is put into the form. */
interface Findings {
  kind: PastedKind
  discovery?: Discovery
  recognised?: Recognised
  request?: PastedRequest
  resource?: ProtectedResource
  otherProviders?: string[]
  notes: string[]
}

const readChallenge = (field: string) => readChallenges([field]).challenges
/** Scopes that a form is filled with at most: more than that is a catalogue, not a wish. */
const mostScopes = 20
const mostProviders = 4

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []

/** The scopes to begin with: those in the pasted address, else the API's, with what sign-in needs. */
const scopeOf = ({ request, resource, discovery, recognised }: Findings): string | undefined => {
  if (request?.scope !== undefined) return request.scope
  const supported = discovery?.metadata.scopes_supported
  const wanted = ['openid', 'profile', 'offline_access'].filter(
    (each) => supported === undefined || texts(supported).includes(each),
  )
  if (resource !== undefined) {
    const forApi = resource.scopeAsked?.split(/\s+/) ?? resource.scopesSupported.slice(0, mostScopes)
    return [...new Set([...wanted, ...forApi])].filter(Boolean).join(' ')
  }
  return recognised?.template.scope ?? (supported === undefined ? undefined : wanted.join(' '))
}

const numberIn = (text: string, most: number): number | undefined =>
  /^\d{1,9}$/.test(text) && Number(text) <= most ? Number(text) : undefined

/** The parameters that have a field of their own; the others are kept as they are, where the form can. */
const settingsOf = (request: PastedRequest, notes: string[]): ConnectionSettings | undefined => {
  const settings: ConnectionSettings = { ...request.loopback }
  const extra: { name: string; value: string }[] = []
  for (const [name, value] of request.others) {
    if (name === 'prompt') settings.prompt = value
    else if (name === 'acr_values') settings.acrValues = value
    else if (name === 'login_hint') settings.loginHint = value
    else if (name === 'ui_locales') settings.uiLocales = value
    else if (name === 'audience') settings.audience = value
    else if (name === 'claims') settings.claims = value
    else if (name === 'authorization_details') settings.authorizationDetails = value
    else if (name === 'max_age') {
      const maxAgeSeconds = numberIn(value, 31_536_000)
      if (maxAgeSeconds !== undefined) settings.maxAgeSeconds = maxAgeSeconds
    } else if (extra.length < 20) extra.push({ name, value })
  }
  if (extra.length > 0) settings.extra = extra
  if (request.resources.length > 1) settings.resources = request.resources.slice(1, 11)
  const mode = connectionSettings.shape.responseMode.safeParse(request.responseMode)
  if (mode.success && mode.data !== undefined && mode.data !== 'query') settings.responseMode = mode.data
  else if (request.responseMode !== undefined && request.responseMode !== 'query') {
    notes.push(
      `Left out: response mode ${request.responseMode.slice(0, 40)}, which Gatehouse can not receive.`,
    )
  }
  const sound = connectionSettings.safeParse(settings)
  if (!sound.success) {
    notes.push('Some parameters of the address were left out: they are too long or not sound.')
    return undefined
  }
  return Object.keys(sound.data).length > 0 ? sound.data : undefined
}

const missingParts = (findings: Findings, found: ConnectFound): MissingPart[] => {
  const missing: MissingPart[] = []
  const { recognised } = findings
  const provider = recognised?.template.name ?? 'the provider'
  if (!found.provider && !found.byHand?.tokenEndpoint && !found.issuerPattern) {
    missing.push({
      what: 'Token endpoint',
      where: `In ${provider}’s documentation: it publishes no metadata at the usual addresses.`,
    })
  }
  for (const { id, label, example } of found.provider ? [] : (recognised?.template.blanks ?? [])) {
    if (recognised?.blanks[id] === undefined)
      missing.push({ what: label, where: `In place of {${id}}, for example ${example}` })
  }
  if (found.clientId === undefined) {
    missing.push({
      what: 'Client ID',
      where: found.registers
        ? 'This provider registers programs by itself: press “Register and connect”.'
        : `Register a native (public) client at ${provider} with the redirect ${
            found.redirectKind === 'loopback'
              ? `${loopbackRedirectUri(found.settings)}${found.settings?.loopbackPort ? '' : ' (any port)'}`
              : customSchemeRedirectUri
          }.`,
    })
  }
  if (recognised && recognised.template.clientAuthentication !== 'none') {
    missing.push({ what: 'Client secret', where: `It comes with the registration at ${provider}.` })
  }
  if (!found.scope) missing.push({ what: 'Scope', where: 'Ask whoever runs the API what a call needs.' })
  return missing
}

/** As the pasted address has it, else as its kind of provider likes it; where the system does not hand our scheme
 *  to this app, loopback. */
const redirectKindOf = (
  { request, recognised }: Findings,
  schemeWorks: boolean,
): ConnectFound['redirectKind'] => {
  const template = recognised?.template
  const kind = request?.redirectKind ?? template?.redirectKind
  if (schemeWorks || request?.redirectKind !== undefined || template?.loopback === 'no') return kind
  return 'loopback'
}

const assemble = (findings: Findings, now: number, schemeWorks: boolean): ConnectFound => {
  const { kind, discovery, recognised, request, resource } = findings
  const notes = [...findings.notes, ...(discovery?.notes ?? []), ...(request?.notes ?? [])]
  const template = recognised?.template
  const registration = discovery?.metadata.registration_endpoint
  const found: ConnectFound = {
    kind,
    registers: typeof registration === 'string',
    otherProviders: findings.otherProviders ?? [],
    missing: [],
    notes,
  }
  if (discovery) found.provider = providerView(discovery.metadata, 'discovery', now)
  else if (template?.endpoints) found.byHand = template.endpoints
  else if (recognised?.everyTenant) found.issuerPattern = template?.issuer
  else if (request)
    found.byHand = { issuer: new URL(request.endpoint).origin, authorizationEndpoint: request.endpoint }
  if (template) found.template = templateView(template)
  if (request?.clientId !== undefined) found.clientId = request.clientId
  const scope = scopeOf(findings)
  if (scope !== undefined) found.scope = scope
  const api = resource?.resource ?? request?.resources[0]
  if (api !== undefined) found.resource = api
  const redirectKind = redirectKindOf(findings, schemeWorks)
  if (redirectKind !== undefined) found.redirectKind = redirectKind
  const settings = request === undefined ? undefined : settingsOf(request, notes)
  if (settings !== undefined || resource?.dpopRequired || template?.settings)
    found.settings = {
      ...template?.settings,
      ...settings,
      ...(resource?.dpopRequired ? { dpop: true } : {}),
    }
  found.missing = missingParts(findings, found)
  return found
}

const noTenant = ({ template }: Recognised): string =>
  `This address is for people of every tenant of ${template.name}, which has no issuer of its own: ID tokens name each person’s own tenant. Put your tenant’s ID in its place.`

/** The provider that an authorization URL belongs to: by its template, else from the addresses above it. */
const behindAuthorizationUrl = async (
  request: PastedRequest,
  recognised: Recognised | undefined,
  asking: Asking,
): Promise<{ discovery?: Discovery; notes: string[] }> => {
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
const behindResource = async (
  resource: ProtectedResource,
  asking: Asking,
): Promise<Result<{ discovery: Discovery; others: string[]; notes: string[] }>> => {
  const [first] = resource.authorizationServers
  if (first === undefined) {
    return fail(
      'resource_no_provider',
      `The API ${resource.name ?? resource.resource} names no authorization server.`,
      'Ask whoever runs it which provider issues its tokens, and paste that issuer.',
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
    ? fail('resource_no_provider', 'None could be asked.')
    : { ok: false, error: failure }
}

const find = async (text: string, asking: Asking): Promise<Result<Findings>> => {
  const pasted = readPastedUrl(text, asking)
  if (!pasted.ok) return pasted
  const { kind, url } = pasted.value
  const context = { ...asking, readChallenge }
  const fromResource = async (
    read: Result<ProtectedResource>,
    as: 'api' | 'resource-metadata',
  ): Promise<Result<Findings>> => {
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
  // Where something claims to be metadata and is not fit, that is the answer.
  const elsewhere = [
    'discovery_not_found',
    'discovery_status',
    'discovery_html',
    'discovery_redirect',
    'discovery_not_json',
  ]
  if (kind === 'metadata-document' || !elsewhere.includes(found.error.code)) return found
  const api = await fromResource(await discoverResource(url, context), 'api')
  if (api.ok) return api
  // An address that answers like a web page was meant as an issuer; one that refuses was meant as an API.
  return api.error.code === 'resource_open' && found.error.code !== 'discovery_not_found' ? found : api
}

/** Finds out what a pasted address is and fills the form. Sends GETs only, without credentials; saves
 *  nothing. Codes: `connect_*`, `discovery_*`, `resource_*`. */
export const createConnectUrl = ({ clock, recorder, schemeWorks }: Dependencies) => ({
  read: ({ text, allowInsecure }: { text: string; allowInsecure: boolean }): Promise<Result<ConnectFound>> =>
    recorder.run('discovery', async (flow) => {
      flow.about(discoveryFacts(text.split(/[?#]/, 1)[0] ?? ''))
      const found = await find(text, { fetch: flow.fetch, allowInsecure })
      if (found.ok && found.value.discovery) flow.about(discoveryFacts(found.value.discovery.metadata.issuer))
      return found.ok ? ok(assemble(found.value, clock.now(), await schemeWorks())) : found
    }),
})
