import { defined } from '@contract/defined'
import type { FormPart, RequestAuth, RequestDraft } from '@contract/requests'
import { toCurl, type CurlOption } from '../../flow/export-curl.ts'
import type { WireRequest } from '../../http/wire.ts'

/** A command that sends the same as a draft; placeholders stand for tokens and for the secrets of its auth. Files are read
 *  by curl itself. */
export function curlCommand(request: WireRequest, draft: RequestDraft): string {
  const { method, url, headers, body, pieces } = request
  const auth = authOptions(draft)
  const parts = pieces !== undefined && draft.body.kind === 'multipart' ? draft.body.parts : undefined
  const file = pieces !== undefined && draft.body.kind === 'file' ? draft.body.path : undefined
  // curl makes a boundary of its own.
  const sent = parts ? headers.filter(([name]) => name.toLowerCase() !== 'content-type') : headers
  return toCurl(
    {
      method,
      url: auth.query === undefined ? url : `${url}${jointTo(url)}${auth.query}`,
      requestHeaders: [...sent, ...auth.headers],
      ...defined({ requestBody: body === undefined ? undefined : new TextDecoder().decode(body) }),
    },
    [
      ...auth.options,
      ...(parts ?? []).filter(({ enabled }) => enabled).flatMap(formOptions),
      ...(file === undefined ? [] : [['--data-binary', `@${file}`] as const]),
    ],
  )
}

interface AuthOptions {
  headers: [string, string][]
  options: CurlOption[]
  query?: string
}

function authOptions({ accountId, auth }: RequestDraft): AuthOptions {
  if (accountId !== null) return { headers: [['Authorization', 'Bearer <access token>']], options: [] }
  return auth === undefined ? { headers: [], options: [] } : givenOptions(auth)
}

function givenOptions(auth: RequestAuth): AuthOptions {
  const none: AuthOptions = { headers: [], options: [] }
  switch (auth.kind) {
    case 'inherit':
      return none
    case 'bearer':
      return { ...none, headers: [['Authorization', 'Bearer <token>']] }
    case 'client-credentials':
      return { ...none, headers: [['Authorization', 'Bearer <access token>']] }
    case 'basic':
      return { ...none, options: [['--user', `${auth.username}:<password>`]] }
    case 'digest':
      return { ...none, options: [['--digest'], ['--user', `${auth.username}:<password>`]] }
    case 'apikey':
      if (auth.placement === 'query') return { ...none, query: `${encodeURIComponent(auth.key)}=<API key>` }
      return auth.placement === 'cookie'
        ? { ...none, options: [['--cookie', `${auth.key}=<API key>`]] }
        : { ...none, headers: [[auth.key, '<API key>']] }
    case 'awsv4':
      return {
        ...none,
        options: [
          ['--aws-sigv4', `aws:amz:${auth.region}:${auth.service}`],
          ['--user', `${auth.accessKeyId}:<secret access key>`],
        ],
        headers: auth.sessionToken === '' ? [] : [['X-Amz-Security-Token', '<session token>']],
      }
  }
}

/** In quotes, since a name or a path may have what curl separates by. */
function formOptions({ name, value, files, contentType = '' }: FormPart): CurlOption[] {
  const type = contentType === '' ? '' : `;type=${contentType}`
  const inQuotes = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`
  if (files === undefined)
    return type === ''
      ? [['--form-string', `${name}=${value}`]]
      : [['--form', `${name}=${inQuotes(value)}${type}`]]
  return files.map((file) => ['--form', `${name}=@${inQuotes(file)}${type}`] as const)
}

function jointTo(url: string): string {
  return url.includes('?') ? '&' : '?'
}
