import type { RequestBody } from '@contract/requests.ts'
import { bodyKindTable } from '@contract/tables/body-kinds.ts'
import { keyIn, optionsOf } from '@contract/tables/keys-of.ts'
import type { OtherBodies } from '../../../lib/tabs/tab.ts'
import { useRequestVariables } from '../scope/scope-context.ts'
import { CodeEditor } from '../../../ui/code/code-editor.tsx'
import { NamesInput } from '../../../ui/names/names-input.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { bodyOfKind } from '../bodies.ts'
import { jsonFaults } from '../json-comments.ts'
import { FileBody } from './file-body.tsx'
import { GraphqlBody } from '../graphql/graphql-body.tsx'
import { JsonFoot } from './json-foot.tsx'
import { mediaTypeSuggestions } from '../rows/known-headers.ts'
import { RowsOrText } from '../rows/rows-or-text.tsx'
import { PartRows } from '../rows/part-rows.tsx'
import { XmlBody } from './xml-body.tsx'
import css from './body-editor.module.css'

const kinds = optionsOf(bodyKindTable, ({ called }) => called)

interface Props {
  body: RequestBody
  /** What it was under other kinds. */
  bodies?: OtherBodies
  onChange: (body: RequestBody) => void
  onSend: () => void
}

export function BodyEditor({ body, bodies, onChange, onSend }: Props) {
  return (
    <div className={css.editor}>
      <div className={css.head}>
        <Select
          aria-label="Body type"
          className={css.kind}
          value={body.kind}
          options={kinds}
          onPick={(picked) => {
            const kind = keyIn(bodyKindTable, picked)
            if (kind) onChange(bodyOfKind(kind, body, bodies))
          }}
        />
        {body.kind === 'text' && (
          <NamesInput
            aria-label="Content type"
            className={css.type}
            value={body.contentType}
            variables={undefined}
            suggestions={mediaTypeSuggestions}
            onText={(contentType) => onChange({ ...body, contentType })}
          />
        )}
      </div>
      <BodyContent body={body} onChange={onChange} onSend={onSend} />
    </div>
  )
}

function BodyContent({ body, onChange, onSend }: Omit<Props, 'bodies'>) {
  const variables = useRequestVariables()
  switch (body.kind) {
    case 'none':
      return <p className={css.none}>This request has no body.</p>
    case 'form':
      return (
        <RowsOrText noun="field" rows={body.fields} onChange={(fields) => onChange({ ...body, fields })} />
      )
    case 'multipart':
      return <PartRows parts={body.parts} onChange={(parts) => onChange({ ...body, parts })} />
    case 'file':
      return <FileBody body={body} onChange={onChange} />
    case 'graphql':
      return <GraphqlBody body={body} onChange={onChange} onSend={onSend} />
    case 'xml':
      return <XmlBody text={body.text} onText={(text) => onChange({ ...body, text })} onSend={onSend} />
    case 'json':
    case 'text':
      return (
        <>
          <CodeEditor
            key={body.kind}
            label="Request body"
            language={body.kind === 'text' ? languageOf(body.contentType) : 'json'}
            text={body.text}
            onChange={(text) => onChange({ ...body, text })}
            variables={variables}
            check={body.kind === 'json' ? jsonFaults : undefined}
            onSubmit={onSend}
          />
          {body.kind === 'json' && (
            <JsonFoot text={body.text} onText={(text) => onChange({ ...body, text })}>
              {bodyKindTable.json.contentType}
            </JsonFoot>
          )}
        </>
      )
  }
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
