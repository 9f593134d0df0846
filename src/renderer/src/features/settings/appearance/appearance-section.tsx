import { useEffect, useState } from 'react'
import type { TextSize } from '@contract/about.ts'
import type { Theme } from '@contract/app.ts'
import { textSizes } from '@contract/words.ts'
import { useSession, useWorkspace } from '../../../lib/workspace.ts'
import { Choice } from '../../../ui/field.tsx'
import { KeysTable } from './keys-table.tsx'
import { Part } from '../part.tsx'
import { ThemePicker } from './theme-picker.tsx'

/** How it looks, and which keys there are. */
export function AppearanceSection() {
  const { toasts } = useWorkspace()
  const theme = useSession((state) => state.boot?.theme ?? 'system')
  const setTheme = useSession((state) => state.setTheme)
  const dark = useMedia('(prefers-color-scheme: dark)')
  const still = useMedia('(prefers-reduced-motion: reduce)')
  const { percent, pick } = useTextSize()
  async function pickTheme(wanted: Theme): Promise<void> {
    const failure = await setTheme(wanted)
    if (failure) toasts.getState().fail(failure)
  }
  return (
    <>
      <Part
        title="Theme"
        says={
          // What the system says cannot be read while another theme is forced.
          theme === 'system'
            ? `The desktop is set to: ${dark ? 'dark' : 'light'}.`
            : 'Regardless of the desktop.'
        }
      >
        <ThemePicker value={theme} onPick={(wanted) => void pickTheme(wanted)} />
      </Part>
      <Part title="Text size" says="For everything in the window.">
        {percent !== null && (
          <Choice
            legend="Text size"
            value={String(percent)}
            options={textSizes.map((size) => [String(size), `${size} %`])}
            onPick={(value) => {
              const wanted = textSizes.find((size) => String(size) === value)
              if (wanted) void pick(wanted)
            }}
          />
        )}
      </Part>
      <Part title="Motion" says="Follows the desktop.">
        <p>
          {still
            ? 'Reduced: only clocks and countdowns move.'
            : 'Not reduced. Follows the desktop’s reduced-motion setting.'}
        </p>
      </Part>
      <Part title="Keys" says="They work everywhere except in an open dialog.">
        <KeysTable />
      </Part>
    </>
  )
}

/** Whether a media query holds, now and later. */
function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const media = matchMedia(query)
    const note = (): void => setHolds(media.matches)
    note()
    media.addEventListener('change', note)
    return () => media.removeEventListener('change', note)
  }, [query])
  return holds
}

/** The size of text as main has it, which its keys change too. */
function useTextSize() {
  const { bridge, toasts } = useWorkspace()
  const [percent, setPercent] = useState<TextSize | null>(null)
  useEffect(() => {
    async function read(): Promise<void> {
      const answer = await bridge.call['app:text-size']({})
      if (answer.ok) setPercent(answer.value)
    }
    void read()
    return bridge.on('changed', ({ area }) => {
      if (area === 'text-size') void read()
    })
  }, [bridge])
  async function pick(wanted: TextSize): Promise<void> {
    const answer = await bridge.call['app:set-text-size']({ percent: wanted })
    if (answer.ok) setPercent(wanted)
    else toasts.getState().fail(answer.error)
  }
  return { percent, pick }
}
