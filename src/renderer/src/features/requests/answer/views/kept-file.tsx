import { size } from '../../../../lib/format.ts'
import { Button } from '../../../../ui/button.tsx'
import { useSaveBody } from '../use-save-body.ts'
import css from './views.module.css'

/** What a body is that is not drawn here, and the way to have it elsewhere. */
export function KeptFile({ id, contentType, total }: { id: string; contentType: string; total: number }) {
  const save = useSaveBody(id)
  return (
    <div className={css.offer}>
      <p>
        <strong>{fileKindOf(contentType)}</strong> · {size(total)}
      </p>
      <p>Gatehouse cannot show this kind of file. Save it to open it in another program.</p>
      <Button onClick={() => void save()}>Save to a file…</Button>
    </div>
  )
}

const kinds: Record<string, string> = {
  'application/pdf': 'PDF document',
  'application/zip': 'ZIP archive',
  'application/gzip': 'gzip archive',
  'application/octet-stream': 'Binary data',
  'font/woff': 'Font',
  'font/woff2': 'Font',
}

/** What a kind of file is called. */
function fileKindOf(contentType: string): string {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  const known = kinds[type]
  if (known !== undefined) return known
  if (type.startsWith('video/')) return 'Video'
  if (type.startsWith('audio/') || type === 'application/ogg') return 'Sound'
  return type === '' ? 'Binary data' : `Binary data (${type})`
}
