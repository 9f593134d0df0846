import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import { StateField, type EditorState, type Extension } from '@codemirror/state'
import {
  Decoration,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view'
import { nameTips } from './code-tips.ts'
import type { CompleteCode } from '../../lib/code/parts.ts'
import { completionLooks } from './completion-looks.ts'
import { fittingNames, nameMark, namesIn, typedName, valuesIn, type Variables } from '../../lib/names.ts'

/** How much of the text is looked through for names to describe, in characters. */
const described = 20_000

/** `{{names}}` in an editor: marked, described to assistive technology and completed, as is what `others` know. */
export function codeNames(variables: Variables | undefined, others?: CompleteCode): Extension {
  if (!variables) return []
  const matcher = new MatchDecorator({
    // Its own: one that is at work elsewhere does not begin at the beginning.
    regexp: new RegExp(nameMark),
    decoration: ([text]) => {
      const kind = namesIn(text, variables)[0]?.kind ?? 'unknown'
      return Decoration.mark({ class: `cm-name cm-name-${kind}` })
    },
  })
  const marks = ViewPlugin.fromClass(
    class {
      marks: DecorationSet
      constructor(view: EditorView) {
        this.marks = matcher.createDeco(view)
      }
      update(update: ViewUpdate): void {
        this.marks = matcher.updateDeco(update, this.marks)
      }
    },
    { decorations: (plugin) => plugin.marks },
  )
  const description = StateField.define<string>({
    create: (state) => describe(state, variables),
    update: (before, { docChanged, state }) => (docChanged ? describe(state, variables) : before),
    provide: (field) =>
      EditorView.contentAttributes.from(field, (says): Record<string, string> =>
        says === '' ? {} : { 'aria-description': says },
      ),
  })
  const completion = autocompletion({
    override: [(context) => complete(context, variables), ...(others ? [byOthers(others)] : [])],
    icons: false,
    interactionDelay: 0,
  })
  return [marks, description, completion, nameTips(variables), looks, completionLooks]
}

function describe({ doc }: EditorState, variables: Variables | undefined): string {
  return valuesIn(doc.sliceString(0, described), variables).join('. ')
}

function complete(
  { state, pos }: CompletionContext,
  variables: Variables | undefined,
): CompletionResult | null {
  const line = state.doc.lineAt(pos)
  const typed = typedName(line.text, pos - line.from)
  if (!typed) return null
  const options = fittingNames(typed.typed, variables).map(({ name, secret, value, from }) => ({
    label: name,
    detail: [secret ? 'secret' : value, from].filter(Boolean).join(' · '),
    apply: `{{${name}}}`,
  }))
  return {
    from: line.from + typed.from,
    to: line.from + typed.to,
    options,
    filter: false,
    // At once with each letter: a list that waits for its source takes no key.
    update: (_before, _from, _to, now) => complete(now, variables),
  }
}

/** While a word is typed, or where it is asked for. */
function byOthers(others: CompleteCode): (context: CompletionContext) => Promise<CompletionResult | null> {
  return async ({ state, pos, explicit }) => {
    if (!explicit && !/[\w@$]$/.test(state.sliceDoc(Math.max(0, pos - 1), pos))) return null
    const line = state.doc.lineAt(pos)
    if (typedName(line.text, pos - line.from)) return null
    const found = await others(state.doc.toString(), pos)
    return found && { ...found, validFor: /^\w*$/ }
  }
}

const looks = EditorView.theme({
  '.cm-name': {
    borderRadius: '3px',
    backgroundColor: 'var(--accent-soft)',
    textDecoration: 'underline 1.5px var(--accent)',
    textUnderlineOffset: '3px',
  },
  '.cm-name-secret': {
    backgroundColor: 'var(--warn-soft)',
    textDecoration: 'underline 1.5px dotted var(--warn)',
  },
  '.cm-name-unknown': {
    backgroundColor: 'var(--bad-soft)',
    textDecoration: 'underline 1.5px wavy var(--bad)',
  },
})
