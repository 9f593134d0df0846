import { longestHeaderValue } from '@contract/words.ts'
import type { Workspace } from '../../../lib/workspace.ts'

/** Opens a request that carries this token as if it had been typed: in the Authorization header (RFC 6750 section 2.1),
 *  for no account. The header is kept as every typed secret is. */
export function callAsToken({ tabs, toasts }: Pick<Workspace, 'tabs' | 'toasts'>, token: string): void {
  const value = `Bearer ${token}`
  if (value.length > longestHeaderValue)
    return toasts.getState().fail({
      code: 'header_too_long',
      message: `At ${token.length} characters, the token is too long for a header.`,
      next: 'Remove some of its claims.',
    })
  tabs.getState().open(
    {
      kind: 'request',
      seed: {
        from: 'draft',
        name: '',
        draft: {
          method: 'GET',
          url: '',
          query: [],
          headers: [{ name: 'Authorization', value, enabled: true }],
          body: { kind: 'none' },
          accountId: null,
        },
        send: false,
      },
    },
    { title: 'New request', method: 'GET', accountId: null },
  )
}
