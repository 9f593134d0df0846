import { useState } from 'react'
import type { ConnectionSettings, ResponseMode } from '@contract/connection-settings.ts'
import type { ProviderView } from '@contract/connections.ts'
import { grantOf, grantRow, grantTable } from '@contract/tables/grants.ts'
import { keyIn, optionsOf } from '@contract/tables/keys-of.ts'
import { redirectTable } from '@contract/tables/redirect-kinds.ts'
import { responseModeTable } from '@contract/tables/response-modes.ts'
import { Field, Switch } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { ResponseTypeFields } from './response-type-fields.tsx'
import { AskedFields } from './asked-fields.tsx'
import { OddFields } from './odd-fields.tsx'
import { byBrowser, type ConnectionForm } from './connection-form.ts'
import { LoopbackFields } from './redirect-fields.tsx'
import css from './connect-dialog.module.css'

const grants = optionsOf(grantTable, ({ choice }) => choice)
const answers = optionsOf(responseModeTable, ({ choice }) => choice)
const answersWithTokens = answers.filter(([mode]) => responseModeTable[mode].tokens)

/** What goes beyond the common path: other ways to get tokens, protections, and what else can be asked for. */
export function AdvancedFields({ form, change, provider }: Props) {
  const settings = form.settings ?? {}
  const grant = grantOf(settings)
  const { hint, signs, warning } = grantRow(grant)
  const browser = byBrowser(form)
  const defaultMode: ResponseMode = settings.responseType ? 'fragment' : 'query'
  const doubt = doubtOf(provider, form)
  const assertion = form.clientAuthentication.endsWith('_jwt') || signs
  const set = (part: Partial<ConnectionSettings>): void => change({ settings: { ...settings, ...part } })
  const changed = Object.values<unknown>(settings).filter((one) => one !== undefined).length
  // Once: it must not close under the hand that clears the last setting.
  const [opened] = useState(form.id !== undefined && changed > 0)
  return (
    <details className={css.advanced} open={opened}>
      <summary>
        Advanced
        <span className="note">
          {changed > 0 ? ` · ${changed} set` : ' · other grants, PAR, DPoP, claims…'}
        </span>
      </summary>
      <div className={css.form}>
        <Field label="Grant" hint={hint}>
          <Select
            value={grant}
            options={grants}
            onPick={(picked) => {
              const next = keyIn(grantTable, picked)
              set({ grant: next === 'authorization_code' ? undefined : next })
            }}
          />
        </Field>
        {doubt && (
          <Notice tone="warn" title="The provider does not announce this">
            {doubt} It will probably refuse.
          </Notice>
        )}
        {warning && (
          <Notice tone="warn" title={warning.title}>
            {warning.says}
          </Notice>
        )}
        <div className={css.switches}>
          {browser && (
            <>
              <Switch
                label="Push the request (PAR)"
                hint="The request goes straight to the provider instead of through the browser. This is automatic where the provider requires it."
                checked={settings.pushed === true}
                onChange={(on) => set({ pushed: on || undefined })}
              />
              <Switch
                label="Sign the request"
                hint="With the client key, so that no one can alter it in transit (RFC 9101)."
                checked={settings.signedRequest === true}
                onChange={(on) => set({ signedRequest: on || undefined })}
              />
            </>
          )}
          <Switch
            label="Bind tokens to a key (DPoP)"
            hint="A stolen token is useless without the key, which is generated here and kept in the vault (RFC 9449)."
            checked={settings.dpop === true}
            onChange={(on) => set({ dpop: on || undefined })}
          />
        </div>
        {browser && (
          <ResponseTypeFields
            settings={settings}
            announced={form.mode === 'by-hand' ? undefined : provider?.responseTypes}
            onLoopback={redirectTable[form.redirectKind].waits === 'listener'}
            set={set}
          />
        )}
        {browser && (
          <Field label="Response mode" hint={answerHint(form)}>
            <Select
              value={settings.responseMode ?? defaultMode}
              options={settings.responseType ? answersWithTokens : answers}
              onPick={(picked) => {
                const mode = keyIn(responseModeTable, picked)
                set({ responseMode: mode === defaultMode ? undefined : mode })
              }}
            />
          </Field>
        )}
        {browser && redirectTable[form.redirectKind].waits === 'listener' && (
          <LoopbackFields settings={settings} set={set} />
        )}
        {assertion && (
          <Field
            label="Assertion audience"
            hint="aud of the JWT. Most providers expect the issuer; Entra ID and Google expect the token endpoint."
          >
            <Select
              value={settings.assertionAudience ?? 'issuer'}
              options={[
                ['issuer', 'The issuer'],
                ['token_endpoint', 'The token endpoint'],
              ]}
              onPick={(picked) =>
                set({ assertionAudience: picked === 'token_endpoint' ? 'token_endpoint' : undefined })
              }
            />
          </Field>
        )}
        <OddFields settings={settings} set={set} />
        <AskedFields settings={settings} browser={browser} set={set} />
      </div>
    </details>
  )
}

function answerHint({ redirectKind, settings }: ConnectionForm): string | undefined {
  const mode = settings?.responseMode
  if (settings?.responseType !== undefined && mode === undefined)
    return redirectKind === 'loopback'
      ? 'On loopback, this response type requires form_post.'
      : 'The default for this response type is the fragment.'
  if (mode === undefined) return undefined
  const { place } = responseModeTable[mode]
  if (redirectTable[redirectKind].takes[place]) return undefined
  if (place === 'form') return 'Requires the loopback redirect.'
  return 'Requires the custom scheme: on loopback, the browser does not send the fragment.'
}

interface Props {
  /** As far as it is known. */
  provider?: ProviderView
  form: ConnectionForm
  change: (part: Partial<ConnectionForm>) => void
}

/** What the provider's own metadata speaks against; silence says nothing. */
function doubtOf(provider: ProviderView | undefined, form: ConnectionForm): string | undefined {
  if (!provider || form.mode === 'by-hand') return undefined
  const { grant, pushed } = form.settings ?? {}
  const row = grant && grantTable[grant]
  if (row?.by === 'device' && provider.deviceAuthorizationEndpoint === undefined)
    return 'It has no device authorization endpoint.'
  if (row && provider.grantTypes && !provider.grantTypes.includes(row.type))
    return `It does not list this grant (${row.type}).`
  if (pushed && provider.pushedAuthorizationRequestEndpoint === undefined) return 'It has no PAR endpoint.'
  return undefined
}
