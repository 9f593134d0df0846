import { defined } from '@contract/defined'
import type { RegisteredView, RegistrationDraft } from '@contract/connect'
import type { ConnectionDraft, ConnectionView } from '@contract/connections'
import { fail, ok, type Result } from '@contract/result'
import { registerClient } from '../../oauth/discovery/registration.ts'
import type { VariableValue } from '../../http/variables.ts'
import type { ProviderMetadata } from '../../records/model.ts'
import type { Clock } from '../../records/ports.ts'
import type { RegistrationStore } from '../../records/registration-record.ts'
import type { SecretPlace } from '../../vault/box/secret-box.ts'
import { discoveryFacts, type FlowRecorder } from '../flows/flow-recorder.ts'
import type { Time } from '../ports.ts'
import { onceUnlocked } from '../tokens/once-unlocked.ts'
import type { CurrentSession } from '../vault/session.ts'
import { failureIn } from '../../text/expected-failure.ts'
import { resolveTexts } from './typed-fields.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  wait: Time['wait']
  recorder: FlowRecorder
  registrations: RegistrationStore
  /** The variables of an environment, opened. */
  variables: (environmentId: string) => Result<Map<string, VariableValue>>
  discover: (issuer: string, allowInsecure: boolean) => Promise<Result<ProviderMetadata>>
  save: (draft: ConnectionDraft) => Promise<Result<ConnectionView>>
  about: { version: string }
}

/** Registers this program with a provider and saves the connection that comes of it.
 *  Codes: `registration_not_offered`, those of `registerClient`, of discovery and of saving. */
export function createRegisterClient(deps: Dependencies) {
  /** It can't be fetched again: registering again makes another client. */
  function keepToken(
    userId: string,
    connectionId: string,
    { clientUri, accessToken }: { clientUri: string; accessToken: string },
  ): Promise<Result<null>> {
    function keep(): Result<null> {
      const { user, box } = deps.session()
      if (user.id !== userId) return fail('user_changed', 'Another user is in by now.')
      deps.registrations.save({
        connectionId,
        userId,
        clientUri,
        registeredAt: deps.clock.now(),
        sealedAccessToken: box.seal(registrationPlace(userId, connectionId, clientUri), accessToken),
      })
      return ok(null)
    }
    return asResult(() => onceUnlocked(deps.wait, keep))
  }

  return {
    async register(draft: RegistrationDraft): Promise<Result<RegisteredView>> {
      const { allowInsecure, redirectKind, clientAuthentication } = draft
      const { user, environment } = deps.session()
      const variables = deps.variables(environment.id)
      if (!variables.ok) return variables
      const typed = resolveTexts({ issuer: draft.issuer, scope: draft.scope }, variables.value)
      if (!typed.ok) return typed
      const { issuer, scope } = typed.value
      const metadata = await deps.discover(issuer, allowInsecure)
      if (!metadata.ok) return metadata
      const endpoint = metadata.value.registration_endpoint
      if (endpoint === undefined) {
        return fail(
          'registration_not_offered',
          'This provider has no registration endpoint.',
          'Have the client registered by its operator, and enter its client ID.',
        )
      }
      const registered = await deps.recorder.run('discovery', async (flow) => {
        flow.about({ ...discoveryFacts(issuer), manner: 'registration', metadata: metadata.value })
        return registerClient(
          endpoint,
          {
            redirectKind,
            ...defined({ settings: draft.settings ? draft.settings : undefined }),
            clientAuthentication,
            scope,
            version: deps.about.version,
            ...defined({
              initialAccessToken: draft.initialAccessToken ? draft.initialAccessToken : undefined,
            }),
          },
          { fetch: flow.fetch, allowInsecure },
        )
      })
      if (!registered.ok) return registered
      const made = registered.value
      const saved = await asResult(() =>
        deps.save({
          name: draft.name,
          provider: { issuer: draft.issuer },
          clientId: made.clientId,
          clientAuthentication: made.clientAuthentication,
          ...defined({ clientSecret: made.clientSecret }),
          scope: draft.scope,
          ...defined({ resource: draft.resource }),
          redirectKind: made.redirectKind,
          allowInsecure,
          ...defined({ settings: draft.settings }),
        }),
      )
      if (!saved.ok) {
        const { code, message } = saved.error
        return fail(
          code,
          `The client was registered as ${made.clientId}, but could not be saved. ${message}`,
          'Enter this client ID yourself, or register again.',
        )
      }
      const notes = [...made.notes]
      if (made.accessToken !== undefined && made.clientUri !== undefined) {
        const kept = await keepToken(user.id, saved.value.id, {
          clientUri: made.clientUri,
          accessToken: made.accessToken,
        })
        if (!kept.ok)
          notes.push(`the token that changes the registration was not kept: ${kept.error.message}`)
      }
      return ok({ connection: saved.value, notes })
    },
  }
}

/** What was to be expected to fail, as a result: what the provider has done by now is not undone by it. */
async function asResult<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work()
  } catch (thrown) {
    const error = failureIn(thrown)
    if (error === undefined) throw thrown
    return { ok: false, error }
  }
}

/** Where the token is with which a registration can be changed, at its own address alone (RFC 7592 section 2). */
function registrationPlace(userId: string, connectionId: string, clientUri: string): SecretPlace {
  return {
    userId,
    table: 'registrations',
    rowId: connectionId,
    column: 'access_token',
    destination: clientUri,
  }
}
