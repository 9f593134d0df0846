import type { OpenVault } from '../../../../../src/core/vault/box/vault-parts.ts'
import type { ExportDocument } from '../../../../../src/core/vault/transfer/export-document.ts'
import type { ImportSteps } from '../../../../../src/core/vault/transfer/import-steps.ts'
import { importVault, type ImportParts } from '../../../../../src/core/vault/transfer/import-vault.ts'
import { createProfile, plainFile, steps } from '../profile.ts'

const password = 'export with these words'

/** A user's vault, and a way to bring a document into it. */
export const setUp = async () => {
  const profile = createProfile()
  const vault = await profile.open()
  const bringIn = async (
    document: ExportDocument,
    { into = vault, how = steps(), parts = profile.parts }: Partial<Wishes> = {},
  ) => {
    const bytes = await plainFile.encrypt(Buffer.from(JSON.stringify(document)), password)
    return importVault(into.userId, into.box, parts, { bytes, password }, how)
  }
  return { ...profile, profile, vault, bringIn }
}
interface Wishes {
  into: OpenVault
  how: ImportSteps
  parts: ImportParts
}
/** What the sample brings. */
export const everything = { environments: 2, connections: 2, accounts: 2, requests: 2 }
