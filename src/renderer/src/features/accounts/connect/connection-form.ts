import type { ConnectionSettings, KeyAlgorithm } from '@contract/connection-settings.ts'
import type {
  ClientAuthentication,
  ConnectionDraft,
  ConnectionView,
  RedirectKind,
} from '@contract/connections.ts'
import { grantOf, grantTable } from '@contract/tables/grants.ts'
import { settingsAsTyped } from '@contract/tables/typed-fields.ts'
import { needsOf } from '@contract/tables/client-authentications.ts'

/** What the form holds: all text, so that nothing is lost while it is being typed. */
export interface ConnectionForm {
  id?: string
  mode: 'discover' | 'by-hand'
  name: string
  issuer: string
  authorizationEndpoint: string
  tokenEndpoint: string
  jwksUri: string
  userinfoEndpoint: string
  introspectionEndpoint: string
  revocationEndpoint: string
  endSessionEndpoint: string
  clientId: string
  clientAuthentication: ClientAuthentication
  clientSecret: string
  forgetSecret: boolean
  scope: string
  resource: string
  redirectKind: RedirectKind
  allowInsecure: boolean
  /** What is asked for beyond the common path; left out it stays as stored. */
  settings?: ConnectionSettings
  deviceAuthorizationEndpoint: string
  pushedAuthorizationRequestEndpoint: string
  keySource: 'keep' | 'generate' | 'import'
  keyAlgorithm: KeyAlgorithm
  keyText: string
  certificateText: string
  certificateKey: string
}

export const blankForm: ConnectionForm = {
  mode: 'discover',
  name: '',
  issuer: '',
  authorizationEndpoint: '',
  tokenEndpoint: '',
  jwksUri: '',
  userinfoEndpoint: '',
  introspectionEndpoint: '',
  revocationEndpoint: '',
  endSessionEndpoint: '',
  clientId: '',
  clientAuthentication: 'none',
  clientSecret: '',
  forgetSecret: false,
  scope: 'openid profile offline_access',
  resource: '',
  redirectKind: 'custom-scheme',
  allowInsecure: false,
  deviceAuthorizationEndpoint: '',
  pushedAuthorizationRequestEndpoint: '',
  keySource: 'generate',
  keyAlgorithm: 'ES256',
  keyText: '',
  certificateText: '',
  certificateKey: '',
}

export function formOf(connection: ConnectionView): ConnectionForm {
  const { settings } = connection
  return { ...formAsResolved(connection), ...namesIn(settings) }
}

/** Fields that name variables, as they were typed. */
function namesIn(settings: ConnectionSettings | undefined): Partial<ConnectionForm> {
  const typed = (settings?.typed ?? []).filter(({ field }) => field in blankForm && field !== 'clientSecret')
  return {
    ...Object.fromEntries(typed.map(({ field, template }) => [field, template])),
    ...(settings && { settings: settingsAsTyped(settings) }),
  }
}

function formAsResolved(connection: ConnectionView): ConnectionForm {
  return {
    ...blankForm,
    id: connection.id,
    mode: connection.provider.source === 'discovery' ? 'discover' : 'by-hand',
    name: connection.name,
    issuer: connection.provider.issuer,
    authorizationEndpoint: connection.provider.authorizationEndpoint ?? '',
    tokenEndpoint: connection.provider.tokenEndpoint ?? '',
    jwksUri: connection.provider.jwksUri ?? '',
    userinfoEndpoint: connection.provider.userinfoEndpoint ?? '',
    introspectionEndpoint: connection.provider.introspectionEndpoint ?? '',
    revocationEndpoint: connection.provider.revocationEndpoint ?? '',
    endSessionEndpoint: connection.provider.endSessionEndpoint ?? '',
    clientId: connection.clientId,
    clientAuthentication: connection.clientAuthentication,
    scope: connection.scope,
    resource: connection.resource ?? '',
    redirectKind: connection.redirectKind,
    allowInsecure: connection.allowInsecure,
    settings: connection.settings,
    deviceAuthorizationEndpoint: connection.provider.deviceAuthorizationEndpoint ?? '',
    pushedAuthorizationRequestEndpoint: connection.provider.pushedAuthorizationRequestEndpoint ?? '',
    keySource: connection.clientKey ? 'keep' : 'generate',
  }
}

/** Whether tokens come by a sign-in through the browser. */
export function byBrowser({ settings }: Pick<ConnectionForm, 'settings'>): boolean {
  return grantTable[grantOf(settings)].by === 'browser'
}

/** Whether the connection signs something with a key of its own. */
export function needsKey({ clientAuthentication, settings }: ConnectionForm): boolean {
  return (
    needsOf({ clientAuthentication }) === 'key' ||
    settings?.signedRequest === true ||
    grantTable[grantOf(settings)].signs
  )
}

export function needsSecret(form: Pick<ConnectionForm, 'clientAuthentication'>): boolean {
  return needsOf(form) === 'secret'
}

export function needsCertificate(form: Pick<ConnectionForm, 'clientAuthentication'>): boolean {
  return needsOf(form) === 'certificate'
}

/** The lines of a text that say something; none are `undefined`. */
export function linesOf(text: string): string[] | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  return lines.length > 0 ? lines : undefined
}

/** `name=value` lines as parameters. */
export function extraOf(text: string): ConnectionSettings['extra'] {
  return linesOf(text)?.map((line) => {
    const at = line.indexOf('=')
    return at === -1
      ? { name: line, value: '' }
      : { name: line.slice(0, at).trim(), value: line.slice(at + 1).trim() }
  })
}

export function extraText(extra: ConnectionSettings['extra'] = []): string {
  return extra.map(({ name, value }) => `${name}=${value}`).join('\n')
}

/** The draft that is saved. An empty secret field keeps what is stored. */
export function draftOf(form: ConnectionForm): ConnectionDraft {
  return {
    id: form.id,
    name: some(form.name) ?? hostName(form.issuer),
    provider:
      form.mode === 'discover'
        ? { issuer: form.issuer.trim() }
        : {
            issuer: form.issuer.trim(),
            authorizationEndpoint: some(form.authorizationEndpoint),
            tokenEndpoint: form.tokenEndpoint.trim(),
            jwksUri: some(form.jwksUri),
            userinfoEndpoint: some(form.userinfoEndpoint),
            introspectionEndpoint: some(form.introspectionEndpoint),
            revocationEndpoint: some(form.revocationEndpoint),
            endSessionEndpoint: some(form.endSessionEndpoint),
            deviceAuthorizationEndpoint: some(form.deviceAuthorizationEndpoint),
            pushedAuthorizationRequestEndpoint: some(form.pushedAuthorizationRequestEndpoint),
          },
    clientId: form.clientId.trim(),
    clientAuthentication: form.clientAuthentication,
    clientSecret:
      !needsSecret(form) || form.forgetSecret ? '' : form.clientSecret === '' ? undefined : form.clientSecret,
    scope: form.scope.trim().replace(/\s+/g, ' '),
    resource: some(form.resource),
    redirectKind: form.redirectKind,
    allowInsecure: form.allowInsecure,
    settings: form.settings,
    clientKey: keyOf(form),
    certificate: certificateOf(form),
  }
}

/** Whether the form asks for plain HTTP to another computer. */
export function wantsInsecure(form: ConnectionForm): boolean {
  return [form.issuer, form.authorizationEndpoint, form.tokenEndpoint].some((text) => {
    const url = URL.parse(text.trim())
    return url?.protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  })
}

/** Adds a scope token once, or takes it out. */
export function toggleScope(scope: string, token: string): string {
  const tokens = scope.split(/\s+/).filter(Boolean)
  return (tokens.includes(token) ? tokens.filter((one) => one !== token) : [...tokens, token]).join(' ')
}

function keyOf(form: ConnectionForm): ConnectionDraft['clientKey'] {
  if (!needsKey(form) || form.keySource === 'keep') return undefined
  return form.keySource === 'generate'
    ? { generate: form.keyAlgorithm }
    : { imported: form.keyText.trim(), algorithm: form.keyAlgorithm }
}

function certificateOf(form: ConnectionForm): ConnectionDraft['certificate'] {
  return needsCertificate(form) && form.certificateText.trim() !== ''
    ? { certificate: form.certificateText.trim(), key: form.certificateKey.trim() }
    : undefined
}

function some(text: string): string | undefined {
  return text.trim() || undefined
}

function hostName(url: string): string {
  return URL.parse(url.trim())?.host ?? url.trim()
}

/** The form without what a look-up put there, where that was not changed since. */
export function withoutFilled(form: ConnectionForm, filled: Partial<ConnectionForm>): ConnectionForm {
  const kept = Object.entries(form).filter(([key, value]) => {
    const name = key as keyof ConnectionForm
    return name === 'issuer' || name === 'mode' || filled[name] === undefined || filled[name] !== value
  })
  return { ...blankForm, ...Object.fromEntries(kept) }
}
