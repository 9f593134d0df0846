import { useCallback, useState } from 'react'
import { bodyKindTable } from '@contract/tables/body-kinds.ts'
import type { CodeFault } from '../../../lib/code/parts.ts'
import { CodeEditor } from '../../../ui/code/code-editor.tsx'
import { useRequestVariables } from '../scope/scope-context.ts'
import { CodeFoot } from './code-foot.tsx'

interface Props {
  text: string
  onText: (text: string) => void
  onSend: () => void
}

/** A body of XML. */
export function XmlBody({ text, onText, onSend }: Props) {
  const variables = useRequestVariables()
  const [fault, setFault] = useState<CodeFault>()
  const check = useCallback(async (given: string) => {
    const faults = (await xmlTools()).xmlFaults(given)
    setFault(faults[0])
    return faults
  }, [])
  async function format(): Promise<void> {
    const laidOut = (await xmlTools()).prettyXml(text)
    if (laidOut !== null) onText(laidOut)
  }
  const line = text.slice(0, fault?.from).split('\n').length
  return (
    <>
      <CodeEditor
        label="Request body"
        language="xml"
        text={text}
        onChange={onText}
        variables={variables}
        check={check}
        onSubmit={onSend}
      />
      <CodeFoot
        problem={fault ? `Line ${line}: ${fault.message}` : null}
        onFormat={text.trim() === '' ? undefined : () => void format()}
      >
        {bodyKindTable.xml.contentType}
      </CodeFoot>
    </>
  )
}

/** They come with the editor of XML, which has most of them. */
function xmlTools() {
  return import('../../../lib/code/xml-text.ts')
}
