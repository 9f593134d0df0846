import { fail } from '@contract/result'
import type { Identity } from '../../../core/records/way.ts'
import { createAskedThread, type Numbered } from '../../threads/asked-thread.ts'
import type { openIdentityWork, readIdentityWork } from './identity-work.ts'

type Asked = { reading: Parameters<typeof readIdentityWork>[0] } | { opening: Identity }
export type IdentityAsked = Numbered<Asked>

/** Milliseconds that one file may take: OpenSSL does a million rounds a second, and files have up to a few million. */
const patience = 30_000
/** Milliseconds after which a thread that no one asks anything ends. */
const idle = 5_000

/** Reads client certificates in a thread of its own (`script` is the built `identity-worker.ts`): whoever wrote the file
 *  chose how many rounds its passphrase takes. Code: `certificate_unfit`. */
export function createIdentityThread(
  script: string,
  limits: { patience: number; idle: number } = { patience, idle },
): { readIdentity: typeof readIdentityWork; openIdentity: typeof openIdentityWork } {
  const ask: (asked: Asked) => Promise<unknown> = createAskedThread(script, limits)
  return {
    readIdentity: async (reading) => {
      const read = (await ask({ reading })) as Awaited<ReturnType<typeof readIdentityWork>> | undefined
      return (
        read ??
        fail(
          'certificate_unfit',
          'The certificate cannot be used: unlocking its file takes too long.',
          'Export it again with fewer rounds: openssl pkcs12 -export -iter 100000 -out NEW.p12.',
        )
      )
    },
    openIdentity: async (opening) => ((await ask({ opening })) as Identity | undefined) ?? opening,
  }
}
