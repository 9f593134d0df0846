import type { Theme } from '@contract/app.ts'
import css from './theme-picker.module.css'

const themes: readonly (readonly [Theme, string, readonly ('light' | 'dark')[]])[] = [
  ['system', 'System', ['light', 'dark']],
  ['light', 'Light', ['light']],
  ['dark', 'Dark', ['dark']],
]

interface Props {
  value: Theme
  onPick: (theme: Theme) => void
}

/** The themes as small windows in their own colours: native radio buttons, so arrow keys work. */
export function ThemePicker({ value, onPick }: Props) {
  return (
    <fieldset className={css.themes}>
      <legend className="visually-hidden">Theme</legend>
      {themes.map(([theme, label, halves]) => (
        <label key={theme} className={css.theme}>
          <input
            className="visually-hidden"
            type="radio"
            name="theme"
            value={theme}
            checked={theme === value}
            onChange={() => onPick(theme)}
          />
          <span className={css.picture} aria-hidden="true">
            {halves.map((half) => (
              <span key={half} className={css.half} data-half={half}>
                <span className={css.rail} />
                <span className={css.sheet}>
                  <span className={css.word} data-accent="true" />
                  <span className={css.word} />
                  <span className={css.word} data-short="true" />
                </span>
              </span>
            ))}
          </span>
          {label}
        </label>
      ))}
    </fieldset>
  )
}
