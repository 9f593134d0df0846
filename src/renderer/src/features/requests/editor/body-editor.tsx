import { useMemo } from 'react'
import type { RequestBody } from '@contract/requests.ts'
import type { OtherBodies } from '../../../lib/tabs/tabs.ts'
import { prettyJson } from '../../../lib/json/json-tokens.ts'
import { jsonFault } from '../../../lib/json/json-fault.ts'
import { numbersForNames } from '../../../lib/names.ts'
import { useEnvironment } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { CodeEditor } from '../../../ui/code/code-editor.tsx'
import { Choice, TextInput } from '../../../ui/field.tsx'
import { bodyOfKind } from '../bodies.ts'
import { PairRows } from './pair-rows.tsx'
import css from './body-editor.module.css'

const kinds = [
  ['none', 'None'],
  ['json', 'JSON'],
  ['text', 'Text'],
  ['form', 'Form'],
] as const

export function BodyEditor({ body, bodies, onChange, onSend }: Props) {
  const variables = useEnvironment()
  return (
    <div className={css.editor}>
      <div className={css.head}>
        <Choice
          legend="Kind of body"
          value={body.kind}
          options={kinds}
          onPick={(picked) => {
            const kind = kinds.find(([name]) => name === picked)?.[0]
            if (kind) onChange(bodyOfKind(kind, body, bodies))
          }}
        />
        {body.kind === 'text' && (
          <TextInput
            mono
            aria-label="Content type"
            className={css.type}
            value={body.contentType}
            onChange={(event) => onChange({ ...body, contentType: event.target.value })}
          />
        )}
      </div>
      {body.kind === 'none' && <p className={css.none}>This request has no body.</p>}
      {body.kind === 'form' && (
        <PairRows noun="field" rows={body.fields} onChange={(fields) => onChange({ kind: 'form', fields })} />
      )}
      {(body.kind === 'json' || body.kind === 'text') && (
        <CodeEditor
          key={body.kind}
          label="Request body"
          language={body.kind === 'json' ? 'json' : languageOf(body.contentType)}
          text={body.text}
          onChange={(text) => onChange({ ...body, text })}
          variables={variables}
          onSubmit={onSend}
        />
      )}
      {body.kind === 'json' && (
        <JsonFoot text={body.text} onText={(text) => onChange({ kind: 'json', text })} />
      )}
    </div>
  )
}

function languageOf(contentType: string): 'json' | 'xml' | 'html' | 'text' {
  return /json/i.test(contentType)
    ? 'json'
    : /html/i.test(contentType)
      ? 'html'
      : /xml/i.test(contentType)
        ? 'xml'
        : 'text'
}

/** Why the text is no JSON; null where it is, or is too long to try while typing. */
function jsonProblem(text: string): string | null {
  if (text.trim() === '' || text.length > 262_144) return null
  return jsonFault(numbersForNames(text))
}

interface Props {
  body: RequestBody
  /** What it was under other kinds. */
  bodies?: OtherBodies
  onChange: (body: RequestBody) => void
  onSend: () => void
}

function JsonFoot({ text, onText }: { text: string; onText: (text: string) => void }) {
  const problem = useMemo(() => jsonProblem(text), [text])
  return (
    <div className={css.foot}>
      <span className={css.problem} role="status">
        {problem && `Not valid JSON: ${problem}`}
      </span>
      {!problem && <span className="faint">application/json</span>}
      <span className="grow" />
      <Button
        look="quiet"
        small
        disabled={problem !== null || text.trim() === ''}
        onClick={() => onText(prettyJson(text) ?? text)}
      >
        Format
      </Button>
    </div>
  )
}
