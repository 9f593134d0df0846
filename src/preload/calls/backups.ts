import { z } from 'zod'
import { call } from './call.ts'
import { limits, nothing } from '@contract/limits'
import {
  type BackupView,
  type CheckView,
  type BackupsView,
  type ChosenImport,
  type ImportedView,
} from '@contract/backups'

const password = z.string().min(1).max(1024)

export const backupCalls = {
  'backups:list': call(nothing).returns<BackupsView>(),
  /** Codes: `disk_full`, `database_*`. */
  'backups:make': call(nothing).returns<BackupView>(),
  /** Puts a backup in the database's place; answers where the present one is kept. Everyone is to unlock again. Locked,
   *  it takes the password. Codes: `backup_unknown`, `password_*`, `disk_full`, `database_*`. */
  'backups:restore': call(
    z.object({ name: z.string().min(1).max(limits.name), password: password.optional() }).strict(),
  ).returns<{ kept: string | null }>(),
  /** Looks at the database: at all of it, or at what takes a moment. */
  'storage:check': call(z.object({ full: z.boolean() }).strict()).returns<CheckView>(),
  /** Encrypts the vault with a password of its own and asks where to save it; null where that was canceled.
   *  Codes: `vault_locked`, `password_unfit`, `save_failed`. */
  'vault:export': call(z.object({ password }).strict()).returns<{ file: string; missing: string[] } | null>(),
  /** Asks for a file; null where that was canceled. Codes: `export_too_large`, `export_unreadable`. */
  'vault:choose-import': call(nothing).returns<ChosenImport | null>(),
  /** Brings the chosen file in; `import:progress` tells how far it is. Where it ends early, the failure says what came
   *  in and stays. Codes: `export_none_chosen`, `export_too_costly`, `export_password_wrong`, `export_unreadable`, `export_points_inside`,
   *  `import_under_way`, `import_stopped`, `import_unfinished`, `vault_locked`. */
  'vault:import': call(z.object({ password }).strict()).returns<ImportedView>(),
  /** Stops an import that is under way, between two pieces. */
  'vault:stop-import': call(nothing).returns<null>(),
}
