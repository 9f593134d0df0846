import { FileUp } from 'lucide-react'
import { useContext } from 'react'
import type { RequestBody } from '@contract/requests.ts'
import { mediaTypeSuggestions } from '../rows/known-headers.ts'
import { changingPath } from '../file-name-in.ts'
import { RequestCollection, useRequestVariables } from '../scope/scope-context.ts'
import { Button } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'
import { NamesInput } from '../../../ui/names/names-input.tsx'
import css from './file-body.module.css'
import { useChooseFiles } from './use-choose-files.ts'

type OneFile = Extract<RequestBody, { kind: 'file' }>

/** One file that is sent as it is. */
export function FileBody({ body, onChange }: { body: OneFile; onChange: (body: OneFile) => void }) {
  const chooseFiles = useChooseFiles()
  const variables = useRequestVariables()
  const isShared = useContext(RequestCollection) !== undefined
  async function choose(): Promise<void> {
    const [path] = await chooseFiles(false)
    if (path !== undefined) onChange({ ...body, path })
  }
  return (
    <div className={css.file}>
      <Field
        label="File"
        error={changingPath(body.path) ?? ''}
        hint={
          isShared
            ? 'Read when the request is sent. A path like files/a.png is relative to the collection’s folder.'
            : 'Read from disk when the request is sent. Only its path is saved.'
        }
      >
        <span className={css.line}>
          <NamesInput
            aria-label="File"
            className={css.path}
            placeholder="No file chosen"
            value={body.path}
            variables={variables}
            onText={(path) => onChange({ ...body, path })}
          />
        </span>
      </Field>
      <Button icon={<FileUp />} onClick={() => void choose()}>
        Choose a file
      </Button>
      <Field label="Content type" hint="If empty, it is derived from the file’s name.">
        <span className={css.line}>
          <NamesInput
            aria-label="Content type"
            className={css.path}
            placeholder="from the name"
            value={body.contentType}
            variables={variables}
            suggestions={mediaTypeSuggestions}
            onText={(contentType) => onChange({ ...body, contentType })}
          />
        </span>
      </Field>
    </div>
  )
}
