import { Fragment } from 'react'

/** An address that breaks after a slash where it has to. */
export function Address({ text }: { text: string }) {
  return text.split(/(?<=[\w:]\/)(?!\/)/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}
