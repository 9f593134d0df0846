import type { RequestDraft } from '@contract/requests'
import { ok, type Result } from '@contract/result'
import { prepareDraft } from '../../http/draft.ts'
import { resolveDraft } from '../../http/variables.ts'
import { withoutSecrets } from '../../http/without-secrets.ts'
import type { CurrentSession } from '../vault/session.ts'
import { curlCommand } from './curl-command.ts'
import { withWholePaths } from './scope/own-files.ts'
import type { RequestScope } from './scope/request-scope.ts'
import type { RequestVariables } from './scope/request-variables.ts'

interface Dependencies {
  session: CurrentSession
  newId: () => string
  requestVariables: RequestVariables
  copyText: (text: string) => Promise<void>
}

/** Copies a command that sends the same; placeholders stand for the token and for secret variables. Codes: those of
 *  `prepareDraft`. */
export function createCopyCurl({ session, newId, requestVariables, copyText }: Dependencies) {
  return async ({
    draft,
    scope,
  }: {
    draft: RequestDraft
    scope?: RequestScope | undefined
  }): Promise<Result<null>> => {
    const values = requestVariables(draft, scope)
    if (!values.ok) return values
    const whole = scope ? scope.inherit(draft) : draft
    const shown = withoutSecrets(values.value)
    const resolved = resolveDraft(whole, shown, scope ?? session().environment.name)
    if (!resolved.ok) return resolved
    const placed = scope ? withWholePaths(resolved.value.draft, scope.own.folder) : resolved.value.draft
    const prepared = prepareDraft(placed, newId)
    if (!prepared.ok) return prepared
    await copyText(curlCommand(prepared.value.request, placed))
    return ok(null)
  }
}

export type CopyCurl = ReturnType<typeof createCopyCurl>
