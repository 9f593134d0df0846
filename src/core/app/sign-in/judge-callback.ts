import { defined } from '@contract/defined'
import { fail, ok, type Failure, type Result } from '@contract/result'
import type { CallbackWay } from '../../flow/flow.ts'
import type { SignInSecrets } from '../../oauth/authorization/authorization-request.ts'
import { checkCallbackIssuer } from '../../oauth/redirect/callback-issuer.ts'
import { matchCallback, type AnsweredCallback, type Callback } from '../../oauth/redirect/callback.ts'
import { checkSignedResponse } from '../../oauth/redirect/jarm.ts'
import { failureIn } from '../../text/expected-failure.ts'
import { signInSecretsDocument } from '../../records/documents/sign-in-secrets.ts'
import type { Connection, PendingSignInRecord } from '../../records/model.ts'
import type { ConnectionStore } from '../../records/ports.ts'
import type { FlowRecorder } from '../flows/flow-recorder.ts'
import type { FlowTrace } from '../flows/flow-trace.ts'
import type { CurrentSession } from '../vault/session.ts'
import { factsOf } from './sign-in-facts.ts'
import { onceUnlocked } from '../tokens/once-unlocked.ts'
import { signInPlace } from '../tokens/token-vault.ts'
import type { WatchStock } from '../tokens/watch-stock.ts'

/** Turns the response of a provider into a stored account. */
type CompleteSignIn = (
  connection: Connection,
  secrets: SignInSecrets,
  callback: AnsweredCallback,
  flow: FlowTrace,
) => Promise<Result<{ accountId: string }>>

export interface JudgeDependencies {
  session: CurrentSession
  connections: ConnectionStore
  recorder: FlowRecorder
  watchStock: WatchStock
  complete: CompleteSignIn
  /** Resolves after that many milliseconds. */
  wait: (milliseconds: number) => Promise<void>
  /** Ends the sign-in; only the first caller gets `true`. */
  finish: (record: PendingSignInRecord, how: string) => boolean
}

/** The disk did not take what came: no one waits for a response but the page, which has to be told. */
export function notStored(thrown: unknown): Result<never> {
  const error = failureIn(thrown)
  if (error === undefined) throw thrown
  return { ok: false, error }
}

const changedMeanwhile = fail(
  'sign_in_connection_changed',
  'The connection now leads elsewhere than when this sign-in was started; its response was not used.',
  'Check the connection, then start the sign-in again.',
)

/** Makes the judge of redirects that carry the state of a sign-in: what does not fit is refused and disturbs
 *  nothing, what fits is completed. Codes: those of `matchCallback`, `checkCallbackIssuer`, JARM, of the
 *  completion, and `sign_in_not_kept`, `sign_in_connection_changed`, `connection_unknown`,
 *  `callback_repeated`. */
export function createCallbackJudge(deps: JudgeDependencies) {
  const { finish } = deps

  function openSecrets(record: PendingSignInRecord, connection: Connection): Result<SignInSecrets> {
    const opened = deps.session().box.open(signInPlace(connection, record.id), record.sealedSecrets)
    if (opened.ok) return signInSecretsDocument.read(opened.value)
    if (opened.error.code === 'secret_redirected') return changedMeanwhile
    if (opened.error.code !== 'secret_memory_only') return opened
    return fail(
      'sign_in_not_kept',
      'This sign-in was started before Gatehouse was closed. Without a keyring or a password its secrets were in memory only and are lost.',
      'Start the sign-in again.',
    )
  }

  /** A signed response (JARM) is believed only when its signature holds; the provider's keys may be fetched. */
  async function checkSigned(
    record: PendingSignInRecord,
    callback: Callback,
    { state }: SignInSecrets,
    connection: Connection,
  ): Promise<Result<Callback>> {
    if (callback.signed === undefined) return ok(callback)
    const { fetch } = deps.recorder.signIn.begun(record.userId, record.id, factsOf(connection))
    const sound = await checkSignedResponse(callback.signed, state, { connection, fetch })
    return sound.ok ? ok(callback) : sound
  }

  return async (
    record: PendingSignInRecord,
    read: Callback,
    came: { url: string; way: CallbackWay },
  ): Promise<Result<{ accountId: string }>> => {
    /** Ends a sign-in that no response can complete anymore. */
    function lost(why: string, failure: Result<never>): Result<never> {
      finish(record, why)
      deps.recorder.signIn.ended(record.userId, record.id, failure)
      return failure
    }
    const connection = deps.connections.get(record.userId, record.connectionId)
    if (!connection)
      return lost(
        'lost its connection',
        fail('connection_unknown', 'The connection of this sign-in was removed.', 'Connect again.'),
      )
    const secrets = openSecrets(record, connection)
    if (!secrets.ok) {
      if (secrets === changedMeanwhile) return lost('lost its provider', secrets)
      return secrets.error.code === 'sign_in_not_kept'
        ? lost('was lost with the run that started it', secrets)
        : secrets
    }
    if (secrets.value.issuer !== undefined && secrets.value.issuer !== connection.metadata.issuer)
      return lost('lost its provider', changedMeanwhile)
    // What does not fit may be forged: the sign-in goes on waiting, as the genuine response can still come.
    const answered = (refused?: Failure) =>
      deps.recorder.signIn.answered(record.userId, record.id, {
        ...came,
        ...defined({ issuer: read.issuer }),
        expectedIssuer: connection.metadata.issuer,
        facts: factsOf(connection),
        ...defined({ refused }),
      })
    const matched = matchCallback(read, secrets.value)
    const named = matched.ok
      ? checkCallbackIssuer(matched.value, connection.metadata, secrets.value)
      : matched
    const callback = named.ok ? await checkSigned(record, named.value, secrets.value, connection) : named
    if (!callback.ok) {
      answered(callback.error)
      return callback
    }
    const how = callback.value.kind === 'error' ? 'was refused by the provider' : 'was answered'
    if (!(await onceUnlocked(deps.wait, () => finish(record, how)))) {
      return fail(
        'callback_repeated',
        'This response arrived twice; the first one counts.',
        'Nothing needs to be done.',
      )
    }
    const flow = deps.watchStock(answered(), connection, { redirect: came.url, secrets: secrets.value })
    const outcome: Result<{ accountId: string }> =
      callback.value.kind === 'error'
        ? { ok: false, error: callback.value.failure }
        : await deps.complete(connection, secrets.value, callback.value, flow).catch(notStored)
    deps.recorder.signIn.ended(record.userId, record.id, outcome)
    return outcome
  }
}
