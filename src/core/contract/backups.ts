/** A copy of the whole database, secrets sealed as they are in the original. */
export interface BackupView {
  /** The file's name, by which it is restored. */
  name: string
  /** `routine`: made daily or manually; `before-restore` and `before-update`: kept when a restore or a newer
   *  Gatehouse replaced the database. */
  kind: 'routine' | 'before-restore' | 'before-update'
  at: number
  /** Bytes. */
  size: number
}

/** What a check of the database found; empty where all is sound. */
export interface CheckView {
  full: boolean
  at: number
  problems: string[]
}

export interface BackupsView {
  /** Newest first. */
  backups: BackupView[]
  lastCheck?: CheckView
}

/** A file that was chosen for an import and waits for its password. */
export interface ChosenImport {
  name: string
  /** Bytes. */
  size: number
}

export interface ImportedView {
  environments: number
  connections: number
  accounts: number
  requests: number
}

/** How far an import is: bytes while the file is checked, rows while they are brought in. */
export interface ImportProgress {
  stage: 'opening' | 'checking' | 'writing'
  done: number
  total: number
}
