import { describe, expect, it } from 'vitest'
import type { RequestAuth, RequestBody, RequestDraft } from '@contract/requests'
import { curlCommand } from '../../../../../src/core/app/requests/curl-command.ts'
import { prepareDraft } from '../../../../../src/core/http/draft.ts'

const secret = 'the-secret-itself'
function command(part: Partial<RequestDraft>): string {
  const draft: RequestDraft = {
    method: 'POST',
    url: 'https://api.example/a?b=c',
    query: [],
    headers: [],
    body: { kind: 'none' },
    accountId: null,
    ...part,
  }
  const prepared = prepareDraft(draft, () => 'b')
  if (!prepared.ok) throw new Error(prepared.error.message)
  return curlCommand(prepared.value.request, draft)
}

describe('a command for a shell', () => {
  it.each<[RequestAuth, string]>([
    [{ kind: 'bearer', token: secret }, "--header 'Authorization: Bearer <token>'"],
    [{ kind: 'basic', username: 'ann', password: secret }, "--user 'ann:<password>'"],
    [{ kind: 'digest', username: 'ann', password: secret }, "--digest \\\n  --user 'ann:<password>'"],
    [{ kind: 'apikey', key: 'X-Key', value: secret, placement: 'header' }, "--header 'X-Key: <API key>'"],
    [
      { kind: 'apikey', key: 'k', value: secret, placement: 'query' },
      "'https://api.example/a?b=c&k=<API key>'",
    ],
    [{ kind: 'apikey', key: 'k', value: secret, placement: 'cookie' }, "--cookie 'k=<API key>'"],
    [
      {
        kind: 'awsv4',
        accessKeyId: 'AK',
        secretAccessKey: secret,
        sessionToken: secret,
        service: 's3',
        region: 'eu-1',
      },
      "--aws-sigv4 'aws:amz:eu-1:s3' \\\n  --user 'AK:<secret access key>'",
    ],
  ])('has a placeholder for what is secret: %s', (auth, words) => {
    const made = command({ auth })
    expect(made).toContain(words)
    expect(made).not.toContain(secret)
  })

  it.each<[RequestBody, string]>([
    [{ kind: 'file', path: "/tmp/it's.bin", contentType: '' }, "--data-binary '@/tmp/it'\\''s.bin'"],
    [
      {
        kind: 'multipart',
        parts: [
          { name: 'a', value: '@x;y', enabled: true },
          { name: 'f', value: '', enabled: true, files: ['/tmp/a;"b".png'], contentType: 'image/png' },
        ],
      },
      '--form-string \'a=@x;y\' \\\n  --form \'f=@"/tmp/a;\\"b\\".png";type=image/png\'',
    ],
  ])('has curl read files: %s', (body, words) => {
    expect(command({ body })).toContain(words)
  })
})
