import type { Theme } from '@contract/app.ts'
import { useSession, useWorkspace } from '../../lib/workspace.ts'
import { Choice } from '../../ui/field.tsx'
import { Part } from './part.tsx'

const themes: readonly (readonly [Theme, string])[] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

export const AppearanceSection = () => {
  const { toasts } = useWorkspace()
  const theme = useSession((state) => state.boot?.theme ?? 'system')
  const setTheme = useSession((state) => state.setTheme)
  const pick = async (value: string): Promise<void> => {
    const failure = await setTheme(themes.find(([key]) => key === value)?.[0] ?? 'system')
    if (failure) toasts.getState().fail(failure)
  }
  return (
    <Part title="Theme" says="Light, dark, or what the desktop says.">
      <Choice legend="Theme" value={theme} options={themes} onPick={(value) => void pick(value)} />
    </Part>
  )
}
