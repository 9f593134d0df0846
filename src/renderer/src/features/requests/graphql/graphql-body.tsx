import { useCallback, useEffect, useRef, useState } from 'react'
import type { RequestBody } from '@contract/requests.ts'
import { count } from '../../../lib/format.ts'
import { useEnvironment } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import type { CheckCode, CodeFault, CompleteCode } from '../../../lib/code/parts.ts'
import { CodeEditor } from '../../../ui/code/code-editor.tsx'
import { CodeFoot } from '../editor/code-foot.tsx'
import { JsonFoot } from '../editor/json-foot.tsx'
import { jsonFaults } from '../json-comments.ts'
import { useAround, useRequestVariables } from '../scope/scope-context.ts'
import { schemas } from './schema-store.ts'
import { schemaKey, type GraphqlRequest, type SchemaState } from './schemas.ts'
import css from './graphql-body.module.css'

type Graphql = Extract<RequestBody, { kind: 'graphql' }>

interface Props {
  body: Graphql
  onChange: (body: Graphql) => void
  onSend: () => void
}

/** A GraphQL query, and below it the variables that it is sent with. Once the server was asked for its schema, the query is
 *  checked and completed by it. */
export function GraphqlBody({ body, onChange, onSend }: Props) {
  const variables = useRequestVariables()
  const around = useAround()
  const environment = useEnvironment()
  const request = around && { ...around, environmentId: environment?.id ?? '' }
  const key = request ? schemaKey(request) : ''
  const state = schemas.use((store) => store.known[key])
  const { check, complete, format, fault } = useAssistant(key, state?.kind === 'known')
  const [unformatted, setUnformatted] = useState<string>()
  const newest = useRef(body)
  useEffect(() => {
    newest.current = body
  })
  async function layOut(): Promise<void> {
    const laidOut = await format(body.query)
    if (laidOut === null) setUnformatted(body.query)
    // What was typed meanwhile stays.
    else if (newest.current.query === body.query) onChange({ ...newest.current, query: laidOut })
  }
  return (
    <div className={css.both}>
      <SchemaBar request={request} state={state} />
      <div className={css.query}>
        <CodeEditor
          label="GraphQL query"
          language="graphql"
          text={body.query}
          onChange={(query) => onChange({ ...body, query })}
          variables={variables}
          check={check}
          complete={complete}
          onSubmit={onSend}
        />
      </div>
      <CodeFoot
        what="query"
        always
        problem={fault ? `Line ${lineOf(body.query, fault.from)}: ${fault.message}` : null}
        onFormat={body.query.trim() === '' ? undefined : () => void layOut()}
      >
        {unformatted === body.query && 'Not formatted: the query has a fault, or would lose a part'}
      </CodeFoot>
      <h2 className={css.head}>Variables</h2>
      <div className={css.variables}>
        <CodeEditor
          label="GraphQL variables"
          language="json"
          text={body.variables}
          onChange={(text) => onChange({ ...body, variables: text })}
          variables={variables}
          check={jsonFaults}
          onSubmit={onSend}
        />
      </div>
      <JsonFoot
        what="variables"
        text={body.variables}
        onText={(text) => onChange({ ...body, variables: text })}
      >
        A JSON object, or nothing
      </JsonFoot>
    </div>
  )
}

/** How queries to an address are checked and completed; `hasSchema` makes it another once there is one. */
function useAssistant(key: string, hasSchema: boolean) {
  const assistant = schemas.use((store) => store.assistant)
  const [fault, setFault] = useState<CodeFault>()
  const check: CheckCode = useCallback(
    async (query) => {
      const faults = await assistant(key).check(query)
      setFault(faults[0])
      return faults
    },
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- Another schema is another check.
    [assistant, key, hasSchema],
  )
  const complete: CompleteCode = useCallback(
    async (query, at) => (hasSchema ? assistant(key).complete(query, at) : null),
    [assistant, key, hasSchema],
  )
  const format = useCallback((query: string) => assistant(key).format(query), [assistant, key])
  return { check, complete, format, fault }
}

function SchemaBar({
  request,
  state,
}: {
  request: GraphqlRequest | undefined
  state: SchemaState | undefined
}) {
  const store = schemas.use((each) => each)
  if (!request) return null
  return (
    <div className={css.schema}>
      <span className={state?.kind === 'failed' ? css.failed : 'faint'} role="status">
        {wordsOf(state)}
      </span>
      <span className="grow" />
      {state?.kind === 'asked' ? (
        <Button look="quiet" small onClick={() => void store.cancel(schemaKey(request))}>
          Cancel
        </Button>
      ) : (
        <Button
          look="quiet"
          small
          disabled={request.draft.url.trim() === ''}
          title="Sends an introspection query, as the request is sent"
          onClick={() => void store.fetch(request)}
        >
          {state?.kind === 'known' ? 'Fetch schema again' : 'Fetch schema'}
        </Button>
      )}
    </div>
  )
}

function wordsOf(state: SchemaState | undefined): string {
  switch (state?.kind) {
    case 'asked':
      return 'Asking the server for its schema…'
    case 'known':
      return `Checked and completed with the schema, ${count(state.types, 'type')}`
    case 'failed':
      return `No schema. ${state.says}`
    case undefined:
      return 'Without the schema, only the syntax of the query is checked.'
  }
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length
}
