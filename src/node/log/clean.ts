import { mark } from '../../core/secrecy/mark.ts'
import { isSecretParameter } from '../../core/secrecy/names.ts'
import { redactText, redactUrl } from '../../core/secrecy/redact.ts'

/** A folder whose path tells who uses this computer, and what is written in its place. */
export interface Place {
  path: string
  name: string
}

/** A value that a log line may carry. */
export type Field = string | number | boolean | null | undefined

/** Cleans text before it is written. */
export type Clean = (text: string, maxLength?: number) => string

const urls = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>)\]]+/gi
/** An opaque token has no look of its own: every long run that could be one goes. A UUID stays. */
const opaque = /[A-Za-z0-9_+=-]{24,}/g
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const otherHomes = /((?:\/home|\/Users|[A-Za-z]:\\Users)[\\/])[^\\/\s:'")]+/g

/** Makes the function through which every string of the log goes. The longest path wins, so that a profile
 *  within the home folder gets its own name. */
export function createClean(places: readonly Place[]): Clean {
  const known = places.flatMap(spellings).sort(([a], [b]) => b.length - a.length)
  return (text, maxLength = 2_000) => {
    // Cut before the work, so that a huge text costs no more than a small one; and after it.
    let out = text.slice(0, maxLength * 4)
    for (const [path, name] of known) out = out.replaceAll(path, name)
    out = redactText(out.replace(urls, withoutQuery)).replace(otherHomes, '$1…')
    out = withoutOpaque(out)
    return out.length > maxLength ? `${out.slice(0, maxLength)}…` : out
  }
}

/** One field; a field that is named like a secret is one. */
export function cleanField(clean: Clean, name: string, value: Field): Field {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value !== 'string') return value
  return isSecretParameter(name) ? mark : clean(value)
}

function withoutOpaque(text: string): string {
  return text.replace(opaque, (run) => {
    const mixed = /[0-9]/.test(run) && /[A-Za-z]/.test(run)
    return mixed && !uuid.test(run) ? mark : run
  })
}

/** A URL's query and fragment may carry anything: only their presence is told. Local files are paths. */
function withoutQuery(url: string): string {
  if (/^(?:file|app|node|devtools):/i.test(url)) return url.split(/[?#]/, 1)[0] ?? ''
  const [base = ''] = redactUrl(url).split(/[?#]/, 1)
  return base.length < url.length && /[?#]/.test(url) ? `${base}?${mark}` : base
}

/** Spelled as a path, and as it is in a `file:` URL. */
function spellings({ path, name }: Place): [string, string][] {
  return path.length < 2
    ? []
    : [[path, name], ...(encodeURI(path) === path ? [] : [[encodeURI(path), name] as [string, string]])]
}
