import type { ChosenImport, ImportedView, ImportProgress } from '@contract/backups'
import { fail, ok, type Result } from '@contract/result'
import type { ExportDocument } from '../../vault/transfer/export-document.ts'
import { exportVault, type ExportParts } from '../../vault/transfer/export-vault.ts'
import type { CookieStore } from '../../records/cookie-store.ts'
import type { NetworkStore } from '../../records/network-store.ts'
import { createPacer } from '../../text/pacer.ts'
import { importVault, type ImportParts } from '../../vault/transfer/import-vault.ts'
import type { LockableBox } from '../../vault/box/vault-box.ts'
import type { Session } from './session.ts'

/** Files that a person chooses. */
export interface FileDialogs {
  /** Asks where to, then writes for the owner alone; `undefined` where that was canceled. Code: `save_failed`. */
  save(name: string, bytes: Uint8Array): Promise<Result<{ file: string } | undefined>>
  /** Asks for a file and reads it; `undefined` where that was canceled. Codes: `open_failed`, `export_too_large`. */
  open(): Promise<Result<{ name: string; bytes: Uint8Array } | undefined>>
}

interface Dependencies
  extends
    Omit<ExportParts, 'environments' | 'cookies' | 'network'>,
    Omit<
      ImportParts,
      | 'users'
      | 'connections'
      | 'tokens'
      | 'requests'
      | 'cookies'
      | 'network'
      | 'file'
      | 'fileCame'
      | 'ownSecretCame'
    > {
  cookies: CookieStore
  network: NetworkStore
  /** Notes what the files of own collections say, for an export. */
  noteFiles: () => Promise<void>
  /** Puts files of an import in their place. */
  receiveFiles: (
    files: readonly ExportDocument['files'][number][],
    secrets: readonly ExportDocument['ownSecrets'][number][],
  ) => Promise<Result<null>>
  /** The session with a box that knows whether it was locked. */
  session: () => Session & { box: LockableBox }
  dialogs: FileDialogs
  /** Calls back after that many milliseconds. */
  after: (milliseconds: number, then: () => void) => unknown
  /** Everything that lists show may be another. */
  changed: () => Promise<void>
  /** How far an import is. */
  progress: (progress: ImportProgress) => void
}

const ageMark = new TextEncoder().encode('age-encryption.org/')

/** The whole vault as one file under a password of its own. What was chosen for an import waits in memory, as it
 *  is: sealed by its password. */
export function createVaultFile(deps: Dependencies) {
  let chosen: { name: string; bytes: Uint8Array } | undefined
  let running: { stopped: boolean; end: Promise<unknown> } | undefined
  return {
    async export({
      password,
    }: {
      password: string
    }): Promise<Result<{ file: string; missing: string[] } | null>> {
      const { user, box } = deps.session()
      await deps.noteFiles()
      const made = await exportVault(user, box, deps, password)
      if (!made.ok) return made
      const name = `gatehouse-${user.username.replace(/[^\p{L}\p{N}._-]+/gu, '-')}-${dayOf(deps.clock.now())}.age`
      const saved = await deps.dialogs.save(name, made.value.bytes)
      if (!saved.ok) return saved
      return ok(saved.value ? { file: saved.value.file, missing: made.value.missing } : null)
    },
    async choose(): Promise<Result<ChosenImport | null>> {
      const opened = await deps.dialogs.open()
      if (!opened.ok) return opened
      if (!opened.value) return ok(null)
      if (!isAge(opened.value.bytes))
        return fail(
          'export_unreadable',
          `${opened.value.name} is not a Gatehouse export: it is not an age file.`,
          'Choose a file that Gatehouse exported.',
        )
      chosen = opened.value
      return ok({ name: chosen.name, size: chosen.bytes.byteLength })
    },
    async import({ password }: { password: string }): Promise<Result<ImportedView>> {
      if (!chosen) return fail('export_none_chosen', 'No file was chosen.', 'Choose the file first.')
      if (running)
        return fail('import_under_way', 'An import is in progress.', 'Wait until it ends, or stop it.')
      const { user, box } = deps.session()
      const steps = {
        pacer: createPacer(deps.clock, deps.after),
        stopped: () => own.stopped,
        progress: deps.progress,
      }
      const files: ExportDocument['files'] = []
      const secrets: ExportDocument['ownSecrets'] = []
      const parts: ImportParts = {
        ...deps,
        fileCame: (file) => void files.push(file),
        ownSecretCame: (secret) => void secrets.push(secret),
      }
      async function bringIn(given: { bytes: Uint8Array; password: string }): ReturnType<typeof importVault> {
        const brought = await importVault(user.id, box, parts, given, steps)
        const isEmpty = files.length === 0 && secrets.length === 0
        const received = isEmpty ? ok(null) : await deps.receiveFiles(files, secrets)
        return received.ok ? brought : received
      }
      const importing = bringIn({ bytes: chosen.bytes, password })
      const own = { stopped: false, end: importing.catch(() => undefined) }
      running = own
      try {
        const brought = await importing
        if (brought.ok) chosen = undefined
        if (brought.ok || brought.error.code === 'import_unfinished') await deps.changed()
        return brought
      } finally {
        running = undefined
      }
    },
    /** Stops an import that is under way; its own response says how much came in. */
    stopImport(): Result<null> {
      if (running) running.stopped = true
      return ok(null)
    },
    /** Waits until no import is halfway. */
    settle: async (): Promise<void> => {
      await running?.end
    },
    /** Lets go of a file that waits for its password. */
    forget(): void {
      chosen = undefined
    },
  }
}
function isAge(bytes: Uint8Array): boolean {
  return ageMark.every((byte, index) => bytes[index] === byte)
}

/** `2026-11-23`, for a file name. */
function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
