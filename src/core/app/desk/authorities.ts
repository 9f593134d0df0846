import type { AuthoritiesView } from '@contract/authorities'
import { ok, type Result } from '@contract/result'
import type { Authorities } from '../../records/authorities.ts'
import type { ChooseFile } from '../ports.ts'

interface Dependencies {
  authorities: Authorities
  choosePem: ChooseFile
}

/** Which certificate authorities are trusted besides those that come with Gatehouse. Codes: `authority_none`,
 *  `authority_unreadable`, `authorities_not_kept`, those of `choosePem`. */
export function createAuthorityDesk({ authorities, choosePem }: Dependencies) {
  return {
    read: async (): Promise<Result<AuthoritiesView>> => ok(await authorities.view()),
    useSystem: ({ on }: { on: boolean }): Promise<Result<AuthoritiesView>> => authorities.useSystem(on),
    async choose(): Promise<Result<AuthoritiesView>> {
      const chosen = await choosePem()
      if (!chosen.ok) return chosen
      if (chosen.value === undefined) return ok(await authorities.view())
      return authorities.keepOwn(chosen.value.name, chosen.value.bytes)
    },
    remove: (): Promise<Result<AuthoritiesView>> => authorities.removeOwn(),
    bringBack: (): Promise<Result<AuthoritiesView>> => authorities.bringBack(),
  }
}
