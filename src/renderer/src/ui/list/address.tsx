import { Fragment } from 'react'

/** An address that breaks after a slash, or between names of its host, where it has to. */
export function Address({ text }: { text: string }) {
  return text.split(/(?<=[\w:]\/)(?!\/)|(?<=[a-z]\.)(?=[a-z])/i).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}
