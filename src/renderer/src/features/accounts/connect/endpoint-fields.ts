import { grantOf, grantTable } from '@contract/tables/grants.ts'
import { byBrowser, type ConnectionForm } from './connection-form.ts'

/** An endpoint that is entered manually: its member of the form, its label, whether it is needed. */
type EndpointField = [Extract<keyof ConnectionForm, `${string}Endpoint` | 'jwksUri'>, string, boolean]
const deviceEndpoint: EndpointField = ['deviceAuthorizationEndpoint', 'Device authorization endpoint', true]
const pushedEndpoint: EndpointField = ['pushedAuthorizationRequestEndpoint', 'PAR endpoint', true]

/** The endpoints that the form asks for where the provider publishes none. */
export function endpointFields(form: ConnectionForm): EndpointField[] {
  return [
    ['authorizationEndpoint', 'Authorization endpoint', byBrowser(form)],
    ['tokenEndpoint', 'Token endpoint', true],
    ['jwksUri', 'Key set (jwks_uri)', false],
    ['userinfoEndpoint', 'Userinfo endpoint', false],
    ['introspectionEndpoint', 'Introspection endpoint', false],
    ['revocationEndpoint', 'Revocation endpoint', false],
    ['endSessionEndpoint', 'Log-out endpoint', false],
    ...(grantTable[grantOf(form.settings)].by === 'device'
      ? [deviceEndpoint]
      : form.settings?.pushed
        ? [pushedEndpoint]
        : []),
  ]
}
