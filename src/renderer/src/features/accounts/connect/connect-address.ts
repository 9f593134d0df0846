import { defined } from '@contract/defined'
import type { ConnectFound, RegistrationDraft, TemplateView } from '@contract/connect.ts'
import { isRegistrable } from '@contract/tables/client-authentications.ts'
import { draftOf, type ConnectionForm } from './connection-form.ts'

/** What a looked-up address puts into the form; what it says nothing of stays as it was typed. */
export function formFrom(found: ConnectFound): Partial<ConnectionForm> {
  const { provider, byHand, template } = found
  return {
    ...(provider
      ? { mode: 'discover' as const, issuer: found.typedIssuer ?? provider.issuer }
      : byHand
        ? {
            mode: 'by-hand' as const,
            issuer: byHand.issuer ?? '',
            authorizationEndpoint: byHand.authorizationEndpoint ?? '',
            tokenEndpoint: byHand.tokenEndpoint ?? '',
          }
        : found.issuerPattern
          ? { mode: 'discover' as const, issuer: found.issuerPattern }
          : {}),
    ...defined({
      clientId: found.clientId,
      scope: found.scope,
      resource: found.resource,
      redirectKind: found.redirectKind,
    }),
    ...defined({ clientAuthentication: template?.clientAuthentication }),
    ...defined({ settings: found.settings }),
  }
}

/** What this program is registered with: the form as it is. */
export function registrationOf(form: ConnectionForm, initialAccessToken: string): RegistrationDraft {
  const { name, scope, resource, redirectKind, clientAuthentication, allowInsecure, settings } = draftOf(form)
  return {
    name,
    issuer: form.issuer.trim(),
    allowInsecure,
    scope,
    resource,
    redirectKind,
    settings,
    clientAuthentication: isRegistrable(clientAuthentication) ? clientAuthentication : 'none',
    initialAccessToken: initialAccessToken.trim() || undefined,
  }
}

/** The address that a template's blanks make; `undefined` while one is empty. */
export function templateAddress(template: TemplateView, blanks: Record<string, string>): string | undefined {
  if (template.blanks.some(({ id }) => !blanks[id]?.trim())) return undefined
  const pattern = template.issuer ?? template.endpoints?.authorizationEndpoint ?? ''
  return pattern.replace(/\{(\w+)\}/g, (_all, id: string) => blanks[id]?.trim() ?? '')
}

const kinds: Record<ConnectFound['kind'], string> = {
  issuer: 'An issuer',
  'metadata-document': 'A discovery document',
  'authorization-url': 'An authorization URL',
  api: 'A protected API',
  'resource-metadata': 'The metadata of an API',
}

/** What the address was, in words. */
export function kindWords({ kind, template, provider }: ConnectFound): string {
  return `${kinds[kind]}${template ? ` of ${template.name}` : ''}${
    kind === 'api' || kind === 'resource-metadata'
      ? provider
        ? ` that accepts tokens from ${URL.parse(provider.issuer)?.host ?? provider.issuer}`
        : ''
      : ''
  }`
}
