import { linter, nextDiagnostic } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import type { CheckCode } from '../../lib/code/parts.ts'

/** Milliseconds after the last key before a text is checked. */
const pause = 300

/** Marks what is wrong at its place, and says what it is there; F8 goes to the next. */
export function codeChecks(check: CheckCode | undefined): Extension {
  if (!check) return []
  return [
    linter(
      async ({ state: { doc } }) => {
        const faults = await check(doc.toString())
        return faults.map(({ from, to, message }) => {
          const end = Math.min(to, doc.length)
          return { from: Math.min(from, end), to: end, severity: 'error' as const, message }
        })
      },
      { delay: pause },
    ),
    keymap.of([{ key: 'F8', run: nextDiagnostic }]),
    looks,
  ]
}

const looks = EditorView.theme({
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline 1.5px wavy var(--bad)',
    textUnderlineOffset: '3px',
  },
  '.cm-lintPoint-error:after': { borderBottomColor: 'var(--bad)' },
  '.cm-tooltip.cm-tooltip-lint, .cm-tooltip.cm-tooltip-hover': {
    maxWidth: '420px',
    border: '1px solid var(--line)',
    borderRadius: '8px',
    backgroundColor: 'var(--panel)',
    boxShadow: 'var(--float)',
    overflow: 'hidden',
  },
  '.cm-diagnostic': { padding: '6px 10px', font: '12px/1.45 var(--font)', color: 'var(--ink)' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--bad)' },
})
