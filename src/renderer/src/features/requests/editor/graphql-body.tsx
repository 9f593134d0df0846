import type { RequestBody } from '@contract/requests.ts'
import { useRequestVariables } from '../scope/scope-context.ts'
import { CodeEditor } from '../../../ui/code/code-editor.tsx'
import { JsonFoot } from './json-foot.tsx'
import css from './graphql-body.module.css'

type Graphql = Extract<RequestBody, { kind: 'graphql' }>

interface Props {
  body: Graphql
  onChange: (body: Graphql) => void
  onSend: () => void
}

/** A GraphQL query, and below it the variables that it is sent with. */
export function GraphqlBody({ body, onChange, onSend }: Props) {
  const variables = useRequestVariables()
  return (
    <div className={css.both}>
      <div className={css.query}>
        <CodeEditor
          label="GraphQL query"
          language="graphql"
          text={body.query}
          onChange={(query) => onChange({ ...body, query })}
          variables={variables}
          onSubmit={onSend}
        />
      </div>
      <h2 className={css.head}>Variables</h2>
      <div className={css.variables}>
        <CodeEditor
          label="GraphQL variables"
          language="json"
          text={body.variables}
          onChange={(text) => onChange({ ...body, variables: text })}
          variables={variables}
          onSubmit={onSend}
        />
      </div>
      <JsonFoot text={body.variables} onText={(text) => onChange({ ...body, variables: text })}>
        A JSON object, or nothing
      </JsonFoot>
    </div>
  )
}
