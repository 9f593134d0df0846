import { z } from 'zod'
import { call } from './call.ts'
import { id, nothing, url } from '@contract/limits'
import { type ProviderView, type ConnectionView, connectionDraft } from '@contract/connections'

export const connectionCalls = {
  'connections:list': call(nothing).returns<ConnectionView[]>(),
  /** Reads a provider's metadata without saving anything. Codes: discovery_*. */
  'connections:discover': call(
    z.object({ issuer: url, allowInsecure: z.boolean() }).strict(),
  ).returns<ProviderView>(),
  'connections:save': call(connectionDraft).returns<ConnectionView>(),
  /** Copies the public JWK of one of its keys. Codes: `connection_unknown`, `connection_no_key`. */
  'connections:copy-key': call(z.object({ id, which: z.enum(['client', 'dpop']) }).strict()).returns<null>(),
  /** Copies the redirect address, to register it with a provider: also of a connection that is not saved yet. */
  'connections:copy-redirect': call(z.object({ redirectUri: url }).strict()).returns<null>(),
  /** Takes its accounts and token sets with it. */
  /** To another environment, with its secret and keys; accounts stay where they are. */
  'connections:copy': call(z.object({ id, environmentId: id }).strict()).returns<null>(),
  'connections:remove': call(z.object({ id }).strict()).returns<null>(),
}
