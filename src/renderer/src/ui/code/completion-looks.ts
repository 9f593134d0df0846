import { EditorView } from '@codemirror/view'

/** The list of what may be meant, and what is said of the one that is chosen. */
export const completionLooks = EditorView.theme({
  '.cm-tooltip.cm-tooltip-autocomplete': {
    padding: '4px',
    border: '1px solid var(--line)',
    borderRadius: '8px',
    backgroundColor: 'var(--panel)',
    boxShadow: 'var(--float)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    minWidth: '200px',
    maxHeight: '220px',
    font: '12px/1.45 var(--mono)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    justifyContent: 'space-between',
    gap: '12px',
    padding: '5px 8px',
    borderRadius: '5px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--select)',
    color: 'var(--ink)',
  },
  '.cm-completionDetail': { marginLeft: '0', color: 'var(--ink-3)', fontStyle: 'normal' },
  '.cm-tooltip.cm-completionInfo': {
    maxWidth: '280px',
    padding: '6px 8px',
    border: '1px solid var(--line)',
    borderRadius: '8px',
    backgroundColor: 'var(--panel)',
    color: 'var(--ink-2)',
    font: '12px/1.45 var(--font)',
    boxShadow: 'var(--float)',
  },
})
