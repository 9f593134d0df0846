import type { SecretFile } from '../../core/vault/transfer/secret-file.ts'

/** The age container, whose library is loaded when the first vault is exported or imported. */
export function createLazyAgeFile(): SecretFile {
  const load = async () => (await import('./age-file.ts')).createAgeFile()
  return {
    encrypt: async (plain, password) => (await load()).encrypt(plain, password),
    decrypt: async (file, password, pacer) => (await load()).decrypt(file, password, pacer),
  }
}
