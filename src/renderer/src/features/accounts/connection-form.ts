import type { ConnectionSettings } from '@contract/connection-settings.ts'
import type {
  ClientAuthentication,
  ConnectionDraft,
  ConnectionView,
  RedirectKind,
} from '@contract/connections.ts'

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
}

export const blankForm: ConnectionForm = {
  mode: 'discover',
  name: '',
  issuer: '',
  authorizationEndpoint: '',
  tokenEndpoint: '',
  jwksUri: '',
  userinfoEndpoint: '',
  clientId: '',
  clientAuthentication: 'none',
  clientSecret: '',
  forgetSecret: false,
  scope: 'openid profile offline_access',
  resource: '',
  redirectKind: 'custom-scheme',
  allowInsecure: false,
}

export const formOf = (connection: ConnectionView): ConnectionForm => ({
  ...blankForm,
  id: connection.id,
  mode: connection.provider.source === 'discovery' ? 'discover' : 'by-hand',
  name: connection.name,
  issuer: connection.provider.issuer,
  authorizationEndpoint: connection.provider.authorizationEndpoint ?? '',
  tokenEndpoint: connection.provider.tokenEndpoint ?? '',
  jwksUri: connection.provider.jwksUri ?? '',
  userinfoEndpoint: connection.provider.userinfoEndpoint ?? '',
  clientId: connection.clientId,
  clientAuthentication: connection.clientAuthentication,
  scope: connection.scope,
  resource: connection.resource ?? '',
  redirectKind: connection.redirectKind,
  allowInsecure: connection.allowInsecure,
})

const some = (text: string): string | undefined => text.trim() || undefined

const hostName = (url: string): string => URL.parse(url.trim())?.host ?? url.trim()

/** The draft that is saved. An empty secret field keeps what is stored. */
export const draftOf = (form: ConnectionForm): ConnectionDraft => ({
  id: form.id,
  name: some(form.name) ?? hostName(form.issuer),
  provider:
    form.mode === 'discover'
      ? { issuer: form.issuer.trim() }
      : {
          issuer: form.issuer.trim(),
          authorizationEndpoint: form.authorizationEndpoint.trim(),
          tokenEndpoint: form.tokenEndpoint.trim(),
          jwksUri: some(form.jwksUri),
          userinfoEndpoint: some(form.userinfoEndpoint),
        },
  clientId: form.clientId.trim(),
  clientAuthentication: form.clientAuthentication,
  clientSecret:
    form.clientAuthentication === 'none' || form.forgetSecret
      ? ''
      : form.clientSecret === ''
        ? undefined
        : form.clientSecret,
  scope: form.scope.trim().replace(/\s+/g, ' '),
  resource: some(form.resource),
  redirectKind: form.redirectKind,
  allowInsecure: form.allowInsecure,
  settings: form.settings,
})

/** Whether the form asks for plain HTTP to another computer. */
export const wantsInsecure = (form: ConnectionForm): boolean =>
  [form.issuer, form.authorizationEndpoint, form.tokenEndpoint].some((text) => {
    const url = URL.parse(text.trim())
    return url?.protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  })

/** Adds a scope token once, or takes it out. */
export const toggleScope = (scope: string, token: string): string => {
  const tokens = scope.split(/\s+/).filter(Boolean)
  return (tokens.includes(token) ? tokens.filter((one) => one !== token) : [...tokens, token]).join(' ')
}
