import { useSession } from '../../lib/workspace.ts'
import { KeyValueTable } from '../../ui/key-value-table.tsx'
import { Part } from './part.tsx'

const platforms = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }

export const AboutSection = () => {
  const boot = useSession((state) => state.boot)
  if (!boot) return null
  return (
    <Part title="About" says="No account with us, no cloud, no telemetry.">
      <KeyValueTable
        label="About"
        rows={[
          ['Gatehouse', boot.version],
          ['System', platforms[boot.platform]],
          ['User', boot.user.username],
          ['Environment', boot.environment.name],
        ]}
      />
    </Part>
  )
}
