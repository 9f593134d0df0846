import { defined } from '@contract/defined'
import type { ConnectFound, MissingPart } from '@contract/connect'
import { connectionSettings, type ConnectionSettings } from '@contract/connection-settings'
import { needsOf } from '@contract/tables/client-authentications'
import { keyIn } from '@contract/tables/keys-of'
import { responseModeTable } from '@contract/tables/response-modes'
import { settingOf } from '@contract/tables/connection-settings'
import { customSchemeRedirectUri } from '../../oauth/redirect/redirect-address.ts'
import type { PastedRequest } from '../../oauth/discovery/connect-url.ts'
import { loopbackRedirectUri } from '../../oauth/redirect/redirect-uri.ts'
import { providerView } from './connection-view.ts'
import type { Findings } from './find-behind-url.ts'
import { templateView } from './templates.ts'

/** Scopes that a form is filled with at most: more than that is a catalogue, not a wish. */
const mostScopes = 20

/** What was found, as the form for a new connection has it, with what only a person can add. */
export function fillConnectForm(findings: Findings, now: number, schemeWorks: boolean): ConnectFound {
  const { kind, discovery, recognised, request, resource } = findings
  const notes = [...findings.notes, ...(discovery?.notes ?? []), ...(request?.notes ?? [])]
  const template = recognised?.template
  const registration = discovery?.metadata.registration_endpoint
  const found: ConnectFound = {
    kind,
    ...defined({ takesNoGet: findings.takesNoGet }),
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
      ...defined({ dpop: resource?.dpopRequired ? true : undefined }),
    }
  found.missing = missingParts(findings, found)
  return found
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []
}

/** The scopes to begin with: those in the pasted address, else the API's, with what sign-in needs. */
function scopeOf({ request, resource, discovery, recognised }: Findings): string | undefined {
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

/** The parameters that have a field of their own; the others are kept as they are, where the form can. */
function settingsOf(request: PastedRequest, notes: string[]): ConnectionSettings | undefined {
  const settings: ConnectionSettings = { ...request.loopback }
  const extra: { name: string; value: string }[] = []
  for (const [name, value] of request.others) {
    const setting = settingOf(name, value)
    if (setting) Object.assign(settings, setting)
    else if (extra.length < 20) extra.push({ name, value })
  }
  if (extra.length > 0) settings.extra = extra
  if (request.resources.length > 1) settings.resources = request.resources.slice(1, 11)
  const { responseMode } = request
  if (responseMode !== undefined && responseMode !== 'query') {
    const mode = keyIn(responseModeTable, responseMode)
    if (mode) settings.responseMode = mode
    else notes.push(`Left out: response mode ${responseMode.slice(0, 40)}, which Gatehouse cannot receive.`)
  }
  const sound = connectionSettings.safeParse(settings)
  if (!sound.success) {
    notes.push('Some parameters of the address were left out: they are too long or malformed.')
    return undefined
  }
  return Object.keys(sound.data).length > 0 ? sound.data : undefined
}

function missingParts(findings: Findings, found: ConnectFound): MissingPart[] {
  const missing: MissingPart[] = []
  const { recognised } = findings
  const provider = recognised?.template.name ?? 'the provider'
  if (!found.provider && !found.byHand?.tokenEndpoint && !found.issuerPattern) {
    missing.push({
      what: 'Token endpoint',
      where: `See ${provider}’s documentation: it publishes no metadata at the usual addresses.`,
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
        ? 'This provider supports dynamic registration: press “Register and connect”.'
        : `Register a native (public) client at ${provider} with the redirect ${
            found.redirectKind === 'loopback'
              ? `${loopbackRedirectUri(found.settings)}${found.settings?.loopbackPort ? '' : ' (any port)'}`
              : customSchemeRedirectUri
          }.`,
    })
  }
  if (recognised && needsOf(recognised.template) === 'secret') {
    missing.push({ what: 'Client secret', where: `You get it when you register at ${provider}.` })
  }
  if (!found.scope) missing.push({ what: 'Scope', where: 'Ask the API’s operator what a call needs.' })
  return missing
}

/** As the pasted address has it, else as its kind of provider likes it; where the system does not hand our scheme
 *  to this app, loopback. */
function redirectKindOf(
  { request, recognised }: Findings,
  schemeWorks: boolean,
): ConnectFound['redirectKind'] {
  const template = recognised?.template
  const kind = request?.redirectKind ?? template?.redirectKind
  if (schemeWorks || request?.redirectKind !== undefined || template?.loopback === 'no') return kind
  return 'loopback'
}
