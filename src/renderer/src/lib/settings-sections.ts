/** The sections of the settings, in their order. What each shows: features/settings/settings-page.tsx. */
export const settingsSectionTable = {
  appearance: 'Appearance & keys',
  environments: 'Environments',
  history: 'History',
  bin: 'Bin',
  vault: 'User & vault',
  lock: 'Lock',
  backups: 'Backups',
  export: 'Export & import',
  redirect: 'Sign-in redirect',
  network: 'Network',
  cookies: 'Cookies',
  authorities: 'Certificate authorities',
  about: 'About',
} as const

export type SettingsSection = keyof typeof settingsSectionTable
