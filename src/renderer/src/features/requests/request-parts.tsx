import type { ScopeView } from '@contract/collection-scope.ts'
import { bodyKindTable } from '@contract/tables/body-kinds.ts'
import { inRows, pathNames } from '@contract/tables/addresses.ts'
import type { RequestDraft } from '@contract/requests.ts'
import type { OtherBodies } from '../../lib/tabs/tab.ts'
import { Sections } from '../../ui/sections.tsx'
import { AuthEditor } from './editor/auth-editor.tsx'
import { BodyEditor } from './editor/body-editor.tsx'
import { CheckRows } from './editor/check-rows.tsx'
import { SendSettingsForm } from './editor/send-settings-form.tsx'
import { CaptureRows } from './editor/captures/capture-rows.tsx'
import { headerSuggestions } from './rows/known-headers.ts'
import { PlainRows } from './rows/pair-rows.tsx'
import { QueryRows, RowsOrText } from './rows/rows-or-text.tsx'
import { ForgetCaptured } from './scope/forget-captured.tsx'
import { InheritedRows } from './scope/inherited-rows.tsx'
import { PathRows } from './scope/path-rows.tsx'

interface PartsProps {
  draft: RequestDraft
  /** What comes to it by where it is. */
  scope: ScopeView | undefined
  /** Chooses who requests call as that inherit a sign-in. */
  onCallAs: (accountId: string | null) => void
  bodies?: OtherBodies
  /** Which part is shown. */
  section: string
  onSection: (section: string) => void
  change: (part: Partial<RequestDraft>) => void
  send: () => void
}

/** What is sent, in its parts. */
export function RequestParts({
  draft,
  scope,
  onCallAs,
  bodies,
  section,
  onSection,
  change,
  send,
}: PartsProps) {
  const named = pathNames(draft.url)
  const { url, query } = inRows(draft)
  const own = new Set(
    draft.headers.filter(({ enabled }) => enabled).map(({ name }) => name.trim().toLowerCase()),
  )
  return (
    <Sections
      label="Parts of the request"
      inset
      oneLine
      value={section}
      onPick={onSection}
      sections={[
        {
          id: 'params',
          label: 'Params',
          badge: query.length + named.length,
          content: (
            <>
              <PathRows names={named} rows={draft.path ?? []} onChange={(path) => change({ path })} />
              <QueryRows rows={query} onChange={(rows) => change({ url, query: rows })} />
            </>
          ),
        },
        {
          id: 'headers',
          label: 'Headers',
          badge: draft.headers.length,
          content: (
            <>
              <RowsOrText
                noun="header"
                rows={draft.headers}
                suggest={headerSuggestions(draft.headers, [...(scope?.headers ?? []), ...typeOf(draft.body)])}
                onChange={(headers) => change({ headers })}
              />
              <InheritedRows
                title="Inherited"
                rows={(scope?.headers ?? []).map((row) => ({
                  ...row,
                  replaced: own.has(row.name.trim().toLowerCase()),
                }))}
              />
            </>
          ),
        },
        {
          id: 'auth',
          label: 'Auth',
          content: (
            <AuthEditor
              draft={draft}
              inherited={scope?.auth}
              signIn={scope?.signIn}
              onCallAs={onCallAs}
              onChange={change}
            />
          ),
        },
        {
          id: 'body',
          label: 'Body',
          badge: rowsOfBody(draft.body),
          content: (
            <BodyEditor
              body={draft.body}
              bodies={bodies}
              onChange={(body) => change({ body })}
              onSend={send}
            />
          ),
        },
        {
          id: 'variables',
          label: 'Variables',
          badge: (draft.variables?.length ?? 0) + (draft.captures?.length ?? 0) || undefined,
          content: <VariablesPart draft={draft} scope={scope} change={change} />,
        },
        {
          id: 'checks',
          label: 'Checks',
          badge: draft.checks?.length,
          content: <CheckRows checks={draft.checks ?? []} onChange={(checks) => change({ checks })} />,
        },
        {
          id: 'settings',
          label: 'Settings',
          badge: Object.keys(draft.settings ?? {}).length || undefined,
          content: (
            <SendSettingsForm
              settings={draft.settings ?? {}}
              inherited={scope?.settings ?? []}
              of="request"
              onChange={(settings) => change({ settings })}
            />
          ),
        },
      ]}
    />
  )
}

/** The header that the body would have by itself. */
function typeOf(body: RequestDraft['body']): { name: string; value: string }[] {
  const given = 'contentType' in body ? body.contentType : ''
  const value = given || bodyKindTable[body.kind].contentType
  return value === '' ? [] : [{ name: 'Content-Type', value }]
}

function rowsOfBody(body: RequestDraft['body']): number | undefined {
  if (body.kind === 'form') return body.fields.length
  return body.kind === 'multipart' ? body.parts.length : undefined
}

function VariablesPart({ draft, scope, change }: Pick<PartsProps, 'draft' | 'scope' | 'change'>) {
  const own = draft.variables ?? []
  return (
    <>
      <PlainRows noun="variable" rows={own} onChange={(variables) => change({ variables })} />
      <CaptureRows
        captures={draft.captures ?? []}
        onChange={(captures) => change({ captures })}
        isPlaced={scope !== undefined}
      />
      <InheritedRows
        title="Inherited"
        rows={(scope?.variables ?? []).map(({ name, value, secret, from, captured }) => ({
          name,
          value: secret ? 'secret' : (value ?? ''),
          from,
          replaced: captured !== 'first' && own.some((row) => row.enabled && row.name === name),
        }))}
      >
        {scope?.variables.some(({ captured }) => captured !== undefined) && <ForgetCaptured />}
      </InheritedRows>
    </>
  )
}
