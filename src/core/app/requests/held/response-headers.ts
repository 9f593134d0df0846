import { fail, ok, type Result } from '@contract/result'
import { clearAfterSeconds, hideAfterSeconds } from '../../tokens/token-actions.ts'
import type { Environments } from '../../environments/environments.ts'
import type { HeldParts } from './held-parts.ts'

interface Dependencies {
  heldParts: HeldParts
  environments: Pick<Environments, 'keepSecret'>
  copySecret: (text: string, seconds: number) => Promise<void>
  /** No tab shows the response any more. */
  released: (id: string) => void
}

/** A header of a response, by its place among them. */
interface Header {
  id: string
  header: number
}

/** What a user does with a covered header of a response, and with its tokens. Codes: `header_not_kept`,
 *  `answer_token_not_kept`; those of saving variables. */
export function createResponseHeaders({ heldParts, environments, copySecret, released }: Dependencies) {
  function read({ id, header }: Header): Result<{ name: string; value: string }> {
    const found = heldParts.read(id, header)
    return found === undefined ? notKept : ok(found)
  }

  return {
    reveal(which: Header): Result<{ text: string; hideAfterSeconds: number }> {
      const found = read(which)
      return found.ok ? ok({ text: found.value.value, hideAfterSeconds }) : found
    },
    async copy(which: Header): Promise<Result<{ clearAfterSeconds: number }>> {
      const found = read(which)
      if (!found.ok) return found
      await copySecret(found.value.value, clearAfterSeconds)
      return ok({ clearAfterSeconds })
    },
    /** Makes a secret variable of it in the current environment: of a cookie its value alone. */
    toVariable({ name, ...which }: Header & { name: string }): Result<null> {
      const found = read(which)
      if (!found.ok) return found
      const { value } = found.value
      const isCookie = found.value.name.toLowerCase() === 'set-cookie'
      const saved = environments.keepSecret({ name, value: isCookie ? cookieValue(value) : value })
      return saved.ok ? ok(null) : saved
    },
    /** One of the JWTs of a response, for the token bench. */
    token({ id, token }: { id: string; token: number }): Result<{ text: string }> {
      const text = heldParts.token(id, token)
      return text === undefined ? notKeptToken : ok({ text })
    },
    /** No tab shows this response any more. */
    release({ id }: { id: string }): Result<null> {
      heldParts.release(id)
      released(id)
      return ok(null)
    },
  }
}

const notKeptToken = fail(
  'answer_token_not_kept',
  'This token was not kept: the history does not hold it.',
  'Send the request again.',
)

const notKept = fail(
  'header_not_kept',
  'The value of this header was not kept: the history does not hold it.',
  'Send the request again.',
)

function cookieValue(line: string): string {
  const [pair = ''] = line.split(';', 1)
  return pair.slice(pair.indexOf('=') + 1).trim()
}
