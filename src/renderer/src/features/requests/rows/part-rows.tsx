import { FileUp, X } from 'lucide-react'
import type { FormPart } from '@contract/requests.ts'
import { useRequestVariables } from '../scope/scope-context.ts'
import { IconButton } from '../../../ui/button.tsx'
import { useRemoveRow } from '../../../ui/list/use-remove-row.ts'
import { NamesInput } from '../../../ui/names/names-input.tsx'
import { blankPair } from '../drafts.ts'
import { changingPath, fileNameIn } from '../file-name-in.ts'
import { rowCalled, RowEnd, RowStart } from './row-ends.tsx'
import css from './part-rows.module.css'
import { mediaTypeSuggestions } from './known-headers.ts'
import rowCss from './pair-rows.module.css'
import { useChooseFiles } from '../editor/use-choose-files.ts'

interface Props {
  parts: FormPart[]
  onChange: (parts: FormPart[]) => void
}

/** The parts of a multipart form: text or files, each with a content type of its own. An empty row always waits at the
 *  end. */
export function PartRows({ parts, onChange }: Props) {
  const chooseFiles = useChooseFiles()
  const variables = useRequestVariables()
  const remove = useRemoveRow(parts, onChange)
  const changing = parts.flatMap(({ files = [] }) => files.map(changingPath)).find(Boolean)
  const shown: FormPart[] = [...parts, blankPair]
  function put(index: number, part: FormPart): void {
    onChange(
      shown
        .map((row, at) => (at === index ? part : row))
        .filter((row, at) => at < parts.length || row.name !== '' || row.value !== '' || row.files),
    )
  }
  async function choose(index: number, part: FormPart): Promise<void> {
    const files = await chooseFiles(true)
    if (files.length > 0) put(index, { ...part, value: '', files })
  }
  return (
    <div className={rowCss.rows} role="group" aria-label="field rows">
      {parts.length > 0 && (
        <div className={css.names} aria-hidden="true">
          <span>Name</span>
          <span>Value or files</span>
          <span>Content type</span>
        </div>
      )}
      {shown.map((part, index) => {
        const last = index === parts.length
        const which = `field ${index + 1}`
        const { files } = part
        return (
          <div key={index} className={css.row} data-off={!part.enabled}>
            <RowStart
              which={which}
              last={last}
              enabled={part.enabled}
              onEnabled={(enabled) => put(index, { ...part, enabled })}
            />
            <NamesInput
              aria-label={`Name of ${which}`}
              className={rowCss.text}
              placeholder={last ? 'Add a field' : 'name'}
              value={part.name}
              variables={variables}
              onText={(name) => put(index, { ...part, name })}
            />
            {files ? (
              <span className={css.files} title={files.join('\n')}>
                <span className="clip">{files.map(fileNameIn).join(', ') || 'No file chosen'}</span>
                <IconButton
                  label={`Remove the files of ${which}`}
                  onClick={() => put(index, { name: part.name, value: '', enabled: part.enabled })}
                >
                  <X />
                </IconButton>
              </span>
            ) : (
              <NamesInput
                aria-label={`Value of ${which}`}
                className={rowCss.text}
                placeholder={last ? '' : 'value'}
                value={part.value}
                variables={variables}
                onText={(value) => put(index, { ...part, value })}
              />
            )}
            <IconButton label={`Choose files for ${which}`} onClick={() => void choose(index, part)}>
              <FileUp />
            </IconButton>
            {last ? (
              <span />
            ) : (
              <NamesInput
                aria-label={`Content type of ${which}`}
                className={rowCss.text}
                placeholder={files ? 'from the name' : 'none'}
                value={part.contentType ?? ''}
                variables={variables}
                suggestions={mediaTypeSuggestions}
                onText={(contentType) => put(index, { ...part, contentType })}
              />
            )}
            <RowEnd which={which} last={last} onRemove={() => remove(index, rowCalled(part.name, which))} />
          </div>
        )
      })}
      {changing !== undefined && (
        <p role="alert" className={css.fault}>
          {changing}
        </p>
      )}
      <p className={rowCss.note}>
        <span>Sent as multipart/form-data. Files are read when the request is sent.</span>
      </p>
    </div>
  )
}
