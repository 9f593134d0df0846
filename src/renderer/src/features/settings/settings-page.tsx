import type { ReactNode } from 'react'
import { keyIn, keysOf } from '@contract/tables/keys-of.ts'
import { settingsSectionTable, type SettingsSection } from '../../lib/settings-sections.ts'
import { useSession, useWorkspace } from '../../lib/workspace.ts'
import { Sections } from '../../ui/sections.tsx'
import { AboutSection } from './about-section.tsx'
import { AppearanceSection } from './appearance/appearance-section.tsx'
import { AuthoritiesSection } from './authorities-section.tsx'
import { BackupsSection } from './backups-section.tsx'
import { BinSection } from './bin-section.tsx'
import { EnvironmentsSection } from './environments/environments-section.tsx'
import { ExportSection } from './export-section.tsx'
import { HistorySection } from './history-section.tsx'
import { LockSection } from './lock-section.tsx'
import { CookiesSection } from './network/cookies-section.tsx'
import { NetworkSection } from './network/network-section.tsx'
import { RedirectSection } from './redirect-section.tsx'
import { VaultSection } from './vault-section.tsx'
import css from './settings.module.css'

const contents: Record<SettingsSection, () => ReactNode> = {
  appearance: () => <AppearanceSection />,
  environments: () => <EnvironmentsSection />,
  history: () => <HistorySection />,
  bin: () => <BinSection />,
  vault: () => <VaultSection />,
  lock: () => <LockSection />,
  backups: () => <BackupsSection />,
  export: () => <ExportSection />,
  redirect: () => <RedirectSection />,
  network: () => <NetworkSection />,
  cookies: () => <CookiesSection />,
  authorities: () => <AuthoritiesSection />,
  about: () => <AboutSection />,
}

/** The settings, a section at a time. */
export function SettingsPage({ section = 'appearance' }: { section?: SettingsSection }) {
  const { tabs } = useWorkspace()
  const known = useSession((state) => state.boot !== null)
  if (!known) return null
  return (
    <div className={css.page}>
      <h1>Settings</h1>
      <Sections
        label="Settings"
        inset
        value={section}
        onPick={(id) => {
          const picked = keyIn(settingsSectionTable, id)
          if (picked) tabs.getState().showSettings(picked)
        }}
        sections={keysOf(settingsSectionTable).map((id) => ({
          id,
          label: settingsSectionTable[id],
          // Only what is shown is made: each section asks for what it shows.
          content: id === section ? <div className={css.sections}>{contents[id]()}</div> : null,
        }))}
      />
    </div>
  )
}
