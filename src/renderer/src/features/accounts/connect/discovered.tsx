import { Check, Minus } from 'lucide-react'
import type { ProviderView } from '@contract/connections.ts'
import { toggleScope } from './connection-form.ts'
import css from './connect-dialog.module.css'

/** What discovery found, in words; its scopes can be picked. */
export function Discovered({ provider, scope, onScope }: Props) {
  const asked = new Set(scope.split(/\s+/))
  return (
    <section className={css.found} aria-label="Discovered">
      <p>
        Found <code>{provider.issuer}</code>
      </p>
      <ul>
        <Fact yes={provider.authorizationEndpoint !== undefined && provider.tokenEndpoint !== undefined}>
          authorization code
        </Fact>
        <Fact yes={provider.codeChallengeMethods.includes('S256')}>PKCE S256</Fact>
        <Fact yes={provider.jwksUri !== undefined}>signing keys</Fact>
        <Fact yes={provider.announcesIss}>identifies itself in its responses</Fact>
        <Fact yes={provider.userinfoEndpoint !== undefined}>userinfo</Fact>
        <Fact yes={provider.revocationEndpoint !== undefined}>revocation</Fact>
      </ul>
      {provider.scopesSupported.length > 0 && (
        <div className={css.scopes}>
          <span className="note">Scopes:</span>
          {provider.scopesSupported.slice(0, 30).map((token) => (
            <button
              key={token}
              type="button"
              aria-pressed={asked.has(token)}
              onClick={() => onScope(toggleScope(scope, token))}
            >
              {token}
            </button>
          ))}
        </div>
      )}
    </section>
  )
}

interface Props {
  provider: ProviderView
  scope: string
  onScope: (scope: string) => void
}

function Fact({ yes, children }: { yes: boolean; children: React.ReactNode }) {
  return (
    <li data-yes={yes}>
      {yes ? <Check aria-label="Yes:" /> : <Minus aria-label="No:" />} {children}
    </li>
  )
}
