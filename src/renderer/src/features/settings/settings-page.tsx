import type { ReactNode } from 'react'
import type { SettingsSection } from '../../lib/tabs/tabs.ts'
import { useSession, useWorkspace } from '../../lib/workspace.ts'
import { Sections } from '../../ui/sections.tsx'
import { AboutSection } from './about-section.tsx'
import { AppearanceSection } from './appearance/appearance-section.tsx'
import { AuthoritiesSection } from './authorities-section.tsx'
import { BackupsSection } from './backups-section.tsx'
import { BinSection } from './bin-section.tsx'
import { EnvironmentsSection } from './environments/environments-section.tsx'
import { ExportSection } from './export-section.tsx'
import { LockSection } from './lock-section.tsx'
import { RedirectSection } from './redirect-section.tsx'
import { VaultSection } from './vault-section.tsx'
import css from './settings.module.css'

const labels: readonly (readonly [SettingsSection, string, () => ReactNode])[] = [
  ['appearance', 'Appearance & keys', () => <AppearanceSection />],
  ['environments', 'Environments', () => <EnvironmentsSection />],
  ['bin', 'Bin', () => <BinSection />],
  ['vault', 'User & vault', () => <VaultSection />],
  ['lock', 'Lock', () => <LockSection />],
  ['backups', 'Backups', () => <BackupsSection />],
  ['export', 'Export & import', () => <ExportSection />],
  ['redirect', 'Sign-in redirect', () => <RedirectSection />],
  ['authorities', 'Certificate authorities', () => <AuthoritiesSection />],
  ['about', 'About', () => <AboutSection />],
]

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
          const picked = labels.find(([key]) => key === id)?.[0]
          if (picked) tabs.getState().showSettings(picked)
        }}
        sections={labels.map(([id, label, content]) => ({
          id,
          label,
          // Only what is shown is made: each section asks for what it shows.
          content: id === section ? <div className={css.sections}>{content()}</div> : null,
        }))}
      />
    </div>
  )
}
