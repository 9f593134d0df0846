const endings: Record<string, string> = {
  'application/json': 'json',
  'application/problem+json': 'json',
  'application/xml': 'xml',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/svg+xml': 'svg',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/plain': 'txt',
}

/** Pictures that the page may show, by media type. */
export const pictureTypes: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  'image/svg+xml',
  'image/x-icon',
  'image/vnd.microsoft.icon',
])

/** The media type without its parameters, in small letters (RFC 9110 section 8.3.1). */
export function mediaTypeOf(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase()
}

/** A file name for a body: the last part of the address, in characters that every file system takes, with the
 *  ending of its media type. */
export function bodyName(url: string, contentType: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : ''
  const last = path.split('/').filter(Boolean).at(-1) ?? ''
  const clean =
    last
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[.-]+/, '')
      .slice(0, 80) || 'answer'
  if (/\.[A-Za-z0-9]{1,8}$/.test(clean)) return clean
  return `${clean}.${endings[mediaTypeOf(contentType)] ?? 'bin'}`
}
