import { StateField, type EditorState, type Extension } from '@codemirror/state'
import { EditorView, hoverTooltip, showTooltip, type Tooltip } from '@codemirror/view'
import { namesIn, valuesIn, type Variables } from '../../lib/names.ts'

/** What the `{{name}}` at the pointer, or at the caret, is worth and where that is from. The editor's description says the
 *  same to assistive technology. */
export function nameTips(variables: Variables): Extension {
  const atCaret = StateField.define<Tooltip | null>({
    create: () => null,
    // While one types, names to choose from are shown there.
    update: (before, { state, docChanged, selection }) =>
      docChanged ? null : selection ? tipAt(state, state.selection.main.head, variables) : before,
    provide: (field) => showTooltip.from(field),
  })
  return [atCaret, hoverTooltip(({ state }, pos) => tipAt(state, pos, variables), { hoverTime: 150 }), looks]
}

function tipAt({ doc }: EditorState, pos: number, variables: Variables): Tooltip | null {
  const line = doc.lineAt(pos)
  const place = pos - line.from
  const found = namesIn(line.text, variables).find(({ from, to }) => from <= place && to >= place)
  if (!found) return null
  return {
    pos: line.from + found.from,
    end: line.from + found.to,
    above: false,
    create: () => {
      const dom = document.createElement('div')
      dom.className = 'cm-name-tip'
      dom.setAttribute('role', 'tooltip')
      dom.textContent = valuesIn(line.text.slice(found.from, found.to), variables).join()
      return { dom }
    },
  }
}

const looks = EditorView.theme({
  '.cm-tooltip:has(> .cm-name-tip), .cm-tooltip.cm-name-tip': {
    maxWidth: '420px',
    padding: '5px 9px',
    border: '1px solid var(--line)',
    borderRadius: '7px',
    backgroundColor: 'var(--panel)',
    boxShadow: 'var(--float)',
    color: 'var(--ink)',
    font: '12px/1.45 var(--mono)',
    overflowWrap: 'anywhere',
  },
})
