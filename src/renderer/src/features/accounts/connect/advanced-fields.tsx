import type { ConnectionSettings, GrantKind, ResponseMode } from '@contract/connection-settings.ts'
import type { ProviderView } from '@contract/connections.ts'
import { Field, Select, Switch } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { ResponseTypeFields } from './response-type-fields.tsx'
import { AskedFields } from './asked-fields.tsx'
import type { ConnectionForm } from './connection-form.ts'
import { grantWords } from '../sign-in/grant-words.ts'
import { LoopbackFields } from './redirect-fields.tsx'
import css from './connect-dialog.module.css'

const grants = (Object.keys(grantWords) as GrantKind[]).map(
  (grant) => [grant, grantWords[grant].choice] as const,
)

const answers: readonly (readonly [ResponseMode, string])[] = [
  ['query', 'In the address (query)'],
  ['fragment', 'In the fragment of the address'],
  ['form_post', 'As a posted form'],
  ['query.jwt', 'Signed, in the address (JARM)'],
  ['form_post.jwt', 'Signed, as a posted form (JARM)'],
]

const answersWithTokens = answers.filter(([mode]) => mode === 'fragment' || mode === 'form_post')

/** What goes beyond the common path: other ways to get tokens, protections, and what else can be asked for. */
export function AdvancedFields({ form, change, provider }: Props) {
  const settings = form.settings ?? {}
  const grant = settings.grant ?? 'authorization_code'
  const browser = grant === 'authorization_code'
  const defaultMode: ResponseMode = settings.responseType ? 'fragment' : 'query'
  const doubt = doubtOf(provider, form)
  const assertion = form.clientAuthentication.endsWith('_jwt') || grant === 'jwt_bearer'
  const set = (part: Partial<ConnectionSettings>): void => change({ settings: { ...settings, ...part } })
  const changed = Object.values(settings).filter((one) => one !== undefined).length
  return (
    <details className={css.advanced} open={form.id !== undefined && changed > 0}>
      <summary>
        Advanced
        <span className="note">
          {changed > 0 ? ` · ${changed} set` : ' · other ways to get tokens, PAR, DPoP, claims …'}
        </span>
      </summary>
      <div className={css.form}>
        <Field label="How tokens are got" hint={grantWords[grant].hint}>
          <Select
            value={grant}
            options={grants}
            onPick={(picked) => {
              const next = grants.find(([value]) => value === picked)?.[0]
              set({ grant: next === 'authorization_code' ? undefined : next })
            }}
          />
        </Field>
        {doubt && (
          <Notice tone="warn" title="The provider does not announce this">
            {doubt} It will probably refuse.
          </Notice>
        )}
        {grant === 'password' && (
          <Notice tone="warn" title="Deprecated: the app would see the password">
            RFC 9700 section 2.4 forbids this grant: it teaches people to type their password into apps, and
            knows no second factor. Use it for old servers only, with an account made for tests.
          </Notice>
        )}
        <div className={css.switches}>
          {browser && (
            <>
              <Switch
                label="Push the request (PAR)"
                hint="What is asked for goes straight to the provider, not through the browser. It happens by itself where the provider demands it."
                checked={settings.pushed === true}
                onChange={(on) => set({ pushed: on || undefined })}
              />
              <Switch
                label="Sign the request"
                hint="With the client key, so that nobody can change it on the way (RFC 9101)."
                checked={settings.signedRequest === true}
                onChange={(on) => set({ signedRequest: on || undefined })}
              />
            </>
          )}
          <Switch
            label="Bind tokens to a key (DPoP)"
            hint="A stolen token is worth nothing without the key, which is made here and kept in the vault (RFC 9449)."
            checked={settings.dpop === true}
            onChange={(on) => set({ dpop: on || undefined })}
          />
        </div>
        {browser && (
          <ResponseTypeFields
            settings={settings}
            announced={form.mode === 'by-hand' ? undefined : provider?.responseTypes}
            onLoopback={form.redirectKind === 'loopback'}
            set={set}
          />
        )}
        {browser && (
          <Field label="How the answer comes back" hint={answerHint(form)}>
            <Select
              value={settings.responseMode ?? defaultMode}
              options={settings.responseType ? answersWithTokens : answers}
              onPick={(picked) => {
                const mode = answers.find(([value]) => value === picked)?.[0]
                set({ responseMode: mode === defaultMode ? undefined : mode })
              }}
            />
          </Field>
        )}
        {browser && form.redirectKind === 'loopback' && <LoopbackFields settings={settings} set={set} />}
        {assertion && (
          <Field
            label="Whom an assertion is for"
            hint="aud of the JWT. Most providers want the issuer; Entra ID and Google want the token endpoint."
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
        <AskedFields settings={settings} browser={browser} set={set} />
      </div>
    </details>
  )
}

const announcedGrants: Partial<Record<GrantKind, string>> = {
  device_code: 'urn:ietf:params:oauth:grant-type:device_code',
  client_credentials: 'client_credentials',
  token_exchange: 'urn:ietf:params:oauth:grant-type:token-exchange',
  jwt_bearer: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  password: 'password',
}

function answerHint({ redirectKind, settings }: ConnectionForm): string | undefined {
  const mode = settings?.responseMode
  if (settings?.responseType !== undefined && mode === undefined)
    return redirectKind === 'loopback'
      ? 'On loopback this response type needs the posted form.'
      : 'With this response type, in the fragment of the address.'
  if (mode?.startsWith('form_post') && redirectKind !== 'loopback') return 'Needs the loopback redirect.'
  if (mode === 'fragment' && redirectKind === 'loopback')
    return 'Needs the custom scheme: on loopback the browser keeps the fragment to itself.'
  return undefined
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
  const announced = grant && announcedGrants[grant]
  if (grant === 'device_code' && provider.deviceAuthorizationEndpoint === undefined)
    return 'It names no endpoint for device codes.'
  if (announced && provider.grantTypes && !provider.grantTypes.includes(announced))
    return `It does not list this way to get tokens (${announced}).`
  if (pushed && provider.pushedAuthorizationRequestEndpoint === undefined)
    return 'It names no endpoint for pushed requests (PAR).'
  return undefined
}
