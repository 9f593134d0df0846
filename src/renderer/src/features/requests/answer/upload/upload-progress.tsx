import { size } from '../../../../lib/format.ts'
import type { Upload } from '../../state.ts'
import { uploadRate } from './upload-rate.ts'
import css from './upload-progress.module.css'

/** How much of a body is sent, how fast, and how long the rest takes at that rate. */
export function UploadProgress({ upload }: { upload: Upload }) {
  const { sent, total } = upload
  const { perSecond, secondsLeft } = uploadRate(upload)
  const rate = perSecond === undefined ? '' : `, ${size(perSecond)}/s`
  const left = secondsLeft === undefined ? '' : `, ${secondsLeft} s left`
  return (
    <div className={css.upload}>
      <progress className={css.bar} aria-label="Sent of the body" value={sent} max={total} />
      <span className="note">
        Sent {size(sent)} of {size(total)}
        {rate}
        {left}
      </span>
    </div>
  )
}
