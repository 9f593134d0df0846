import type { ConnectionSettings, FrontChannelType } from '@contract/connection-settings.ts'
import { Field, Switch } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { Notice } from '../../../ui/notice.tsx'

const types: readonly (readonly [FrontChannelType, string])[] = [
  ['code id_token', 'Hybrid: code id_token'],
  ['code token', 'Hybrid: code token'],
  ['code id_token token', 'Hybrid: code id_token token'],
  ['id_token', 'Implicit: id_token'],
  ['id_token token', 'Implicit: id_token token'],
  ['token', 'Implicit: token'],
]

/** What the provider is to answer with: the code, or for old servers tokens through the browser. */
export function ResponseTypeFields({ settings, announced, onLoopback, set }: Props) {
  const { responseType } = settings
  const unannounced =
    responseType !== undefined && announced && !announced.map(sorted).includes(sorted(responseType))
  // The response of the one kind is none of the other: the way it comes is chosen again.
  function pick(picked: FrontChannelType | undefined): void {
    const sameKind = (picked === undefined) === (responseType === undefined)
    const responseMode = picked !== undefined && onLoopback ? ('form_post' as const) : undefined
    if (sameKind) set({ responseType: picked })
    else set({ responseType: picked, responseMode })
  }
  return (
    <>
      <Switch
        label="Tokens through the browser, for old servers (deprecated)"
        hint="Hybrid and implicit response types. Without this, the provider returns only a code."
        checked={responseType !== undefined}
        onChange={(on) => pick(on ? 'code id_token' : undefined)}
      />
      {responseType !== undefined && (
        <>
          <Field label="Response type">
            <Select
              value={responseType}
              options={types}
              onPick={(picked) => pick(types.find(([value]) => value === picked)?.[0])}
            />
          </Field>
          <Notice tone="warn" title="Deprecated: tokens pass through the browser">
            RFC 9700 section 2.1.2 advises against it: tokens in the address leak through history, logs and
            other apps; they are not bound to this app, so anyone who has one can use it; and without a code
            there is no refresh token. Use it only for servers that support nothing else.
          </Notice>
          {unannounced && (
            <Notice tone="warn" title="The provider does not announce this">
              It does not list the response type {responseType}. It will probably refuse.
            </Notice>
          )}
        </>
      )}
    </>
  )
}

interface Props {
  settings: ConnectionSettings
  /** `response_types_supported`, as far as it is known. */
  announced: string[] | undefined
  onLoopback: boolean
  set: (part: Partial<ConnectionSettings>) => void
}

/** The same set of words, in whatever order the provider lists them (OAuth 2.0 section 3.1.1). */
function sorted(type: string): string {
  return type.split(' ').sort().join(' ')
}
