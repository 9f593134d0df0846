import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
  type LanguageSupport,
} from '@codemirror/language'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useRef } from 'react'
import type { Variables } from '../../lib/names.ts'
import { completeNames } from './code-completion.ts'
import { codeNames } from './code-names.ts'
import type { CodeEditorProps } from './code-editor-props.ts'
import css from './code-editor.module.css'

const theme = EditorView.theme({
  '&': { flex: '1', minWidth: '0', color: 'var(--ink)', backgroundColor: 'transparent', fontSize: '12px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', fontVariantLigatures: 'none', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--accent)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--ink-3)', border: '0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'var(--hover)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 26%, transparent)',
  },
  '.cm-matchingBracket': { backgroundColor: 'var(--select)' },
})

/** What names mean changes with the environment. */
const names = new Compartment()
/** What may be completed comes after the editor. */
const completions = new Compartment()

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--jwt-body)' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--jwt-sig)' },
  { tag: tags.invalid, color: 'var(--bad)' },
])

export function CodeMirror({
  label,
  text,
  language,
  variables,
  names: memberNames,
  onChange,
  onSubmit,
}: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const handlers = useRef<Handlers>({ change: onChange, submit: onSubmit })
  const latest = useRef(text)
  const known = useRef(variables)
  const members = useRef(memberNames)

  useEffect(() => {
    handlers.current = { change: onChange, submit: onSubmit }
    latest.current = text
    const current = view.current
    if (current && current.state.doc.toString() !== text) {
      current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: text } })
    }
  }, [text, onChange, onSubmit])

  useEffect(() => {
    known.current = variables
    view.current?.dispatch({ effects: names.reconfigure(codeNames(variables)) })
  }, [variables])

  useEffect(() => {
    members.current = memberNames
    view.current?.dispatch({ effects: completions.reconfigure(completeNames(memberNames)) })
  }, [memberNames])

  useEffect(() => {
    const element = host.current
    if (!element) return
    // In a shadow root CodeMirror puts its styles into adoptedStyleSheets, which a strict CSP allows;
    // in the document it would write a <style> element.
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    let gone = false
    void languageOf(language).then((support) => {
      if (gone) return
      view.current = new EditorView({
        root,
        parent: root,
        state: EditorState.create({
          doc: latest.current,
          extensions: [
            ...extensions(label, support, known.current, handlers),
            completions.of(completeNames(members.current)),
          ],
        }),
      })
    })
    return () => {
      gone = true
      view.current?.destroy()
      view.current = null
    }
  }, [label, language])

  return <div ref={host} className={css.host} />
}

interface Handlers {
  change: (text: string) => void
  submit: () => void
}

async function languageOf(name: CodeEditorProps['language']): Promise<LanguageSupport | null> {
  if (name === 'json') return json()
  if (name === 'xml') return (await import('@codemirror/lang-xml')).xml()
  if (name === 'html') return (await import('@codemirror/lang-html')).html()
  return null
}

function extensions(
  label: string,
  language: LanguageSupport | null,
  variables: Variables | undefined,
  handlers: { current: Handlers },
): Extension[] {
  return [
    // Before the default keys, whose Ctrl+Enter puts in a line. Tab is left alone: it moves the focus.
    keymap.of([{ key: 'Mod-Enter', run: () => (handlers.current.submit(), true) }]),
    lineNumbers(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    highlightActiveLine(),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    names.of(codeNames(variables)),
    theme,
    syntaxHighlighting(colours),
    EditorState.tabSize.of(2),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) handlers.current.change(update.state.doc.toString())
    }),
    ...(language ? [language] : []),
  ]
}
