import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
  type LanguageSupport,
} from '@codemirror/language'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useRef } from 'react'
import { codeChecks } from './code-checks.ts'
import { completeNames } from './code-completion.ts'
import { codeNames } from './code-names.ts'
import type { CodeEditorProps } from './code-editor-props.ts'
import css from './code-editor.module.css'

const theme = EditorView.theme({
  '&': { flex: '1', minWidth: '0', color: 'var(--ink)', backgroundColor: 'transparent', fontSize: '12px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--mono)',
    fontVariantLigatures: 'none',
    lineHeight: '1.6',
  },
  // As in `tokens.css`, which does not reach into a shadow root.
  '.cm-scroller::-webkit-scrollbar': { width: '10px', height: '10px' },
  '.cm-scroller::-webkit-scrollbar-thumb': {
    border: '3px solid transparent',
    borderRadius: '6px',
    backgroundColor: 'var(--thumb)',
    backgroundClip: 'padding-box',
    forcedColorAdjust: 'none',
  },
  '.cm-scroller::-webkit-scrollbar-corner': { backgroundColor: 'transparent' },
  '.cm-content': { caretColor: 'var(--accent)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--ink-3)', border: '0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'var(--hover)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 26%, transparent)',
  },
  '.cm-foldGutter .cm-gutterElement': { padding: '0 3px', cursor: 'pointer' },
  '.cm-foldPlaceholder': {
    margin: '0 3px',
    padding: '0 5px',
    border: '1px solid var(--line)',
    borderRadius: '4px',
    backgroundColor: 'var(--select)',
    color: 'var(--ink-2)',
  },
  '.cm-matchingBracket': { backgroundColor: 'var(--select)' },
  // Grounds are taken away there.
  '@media (forced-colors: active)': {
    '.cm-scroller::-webkit-scrollbar-thumb': { borderColor: 'Canvas', backgroundColor: 'CanvasText' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      forcedColorAdjust: 'none',
      backgroundColor: 'color-mix(in srgb, Highlight 50%, Canvas)',
    },
    '.cm-matchingBracket': { outline: '1px solid CanvasText' },
  },
})

/** What names mean changes with the environment. */
const names = new Compartment()
/** What is wrong may be known better later. */
const checks = new Compartment()
/** What may be completed comes after the editor. */
const completions = new Compartment()

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--jwt-body)' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--jwt-sig)' },
  { tag: [tags.keyword, tags.definitionKeyword, tags.tagName], color: 'var(--jwt-sig)' },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: 'var(--ink-3)' },
  { tag: [tags.variableName, tags.attributeName], color: 'var(--jwt-head)' },
  { tag: tags.typeName, color: 'var(--warn)' },
  { tag: tags.invalid, color: 'var(--bad)' },
])

export function CodeMirror({
  label,
  text,
  language,
  variables,
  names: memberNames,
  check,
  complete,
  onChange,
  onSubmit,
}: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const handlers = useRef<Handlers>({ change: onChange, submit: onSubmit })
  const latest = useRef(text)
  const known = useRef({ variables, complete, check })
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
    known.current = { variables, complete, check: known.current.check }
    view.current?.dispatch({ effects: names.reconfigure(codeNames(variables, complete)) })
  }, [variables, complete])

  useEffect(() => {
    known.current = { ...known.current, check }
    view.current?.dispatch({ effects: checks.reconfigure(codeChecks(check)) })
  }, [check])

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
            ...extensions(label, support, handlers),
            names.of(codeNames(known.current.variables, known.current.complete)),
            checks.of(codeChecks(known.current.check)),
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
  if (name === 'graphql') return (await import('cm6-graphql')).graphqlLanguageSupport()
  if (name === 'html') return (await import('@codemirror/lang-html')).html()
  return null
}

function extensions(
  label: string,
  language: LanguageSupport | null,
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
    closeBrackets(),
    codeFolding(),
    foldGutter({ openText: '⌄', closedText: '›' }),
    highlightActiveLine(),
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...foldKeymap]),
    theme,
    syntaxHighlighting(colours),
    EditorState.tabSize.of(2),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) handlers.current.change(update.state.doc.toString())
    }),
    ...(language ? [language] : []),
  ]
}
