import type { RequestDraft } from '@contract/requests'
import { ok, type Result } from '@contract/result'
import type { RequestScope } from './request-scope.ts'
import type { CopyCurl } from '../copy-curl.ts'
import type { SendRequest } from '../send-request.ts'

/** Where a request is, if that is in a collection. */
interface Placed {
  file?: { collectionId: string; path: string } | undefined
}

interface Dependencies {
  scope: (place: NonNullable<Placed['file']>, draft: RequestDraft) => Promise<Result<RequestScope>>
  send: SendRequest['send']
  /** The files that a request outside of collections may send. */
  files: () => Result<readonly string[]>
  /** What names a request of a file in the history. */
  idOfFile: (place: NonNullable<Placed['file']>) => string
  copyCurl: CopyCurl
}

/** What is done with a request, with all that comes to it by where it is. */
export function createInScope({ scope, send, files, idOfFile, copyCurl }: Dependencies) {
  async function scopeOf({
    file,
    draft,
  }: Placed & { draft: RequestDraft }): Promise<Result<RequestScope | undefined>> {
    return file === undefined ? ok(undefined) : scope(file, draft)
  }
  return {
    async send(sending: Parameters<SendRequest['send']>[0] & Placed): ReturnType<SendRequest['send']> {
      const found = await scopeOf(sending)
      if (!found.ok) return found
      const requestId = sending.file && idOfFile(sending.file)
      return send({ ...sending, requestId, scope: found.value, files })
    },
    async copyCurl(input: Placed & { draft: RequestDraft }): Promise<Result<null>> {
      const found = await scopeOf(input)
      return found.ok ? copyCurl({ draft: input.draft, scope: found.value }) : found
    },
  }
}
