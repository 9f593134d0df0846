import { useEffect } from 'react'
import { ArrowLeftRight, Pin } from 'lucide-react'
import type { TokenComparison } from '@contract/tokens/bench.ts'
import { longestPinName } from '@contract/words.ts'
import { pinOrigin, readOrigin, tokenKinds, tokenOrigin } from '../../../lib/tabs/compared-tokens.ts'
import { size } from '../../../lib/format.ts'
import { useDirectory } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { Tags } from '../../../ui/tag.tsx'
import { TokenArea } from '../../../ui/token/token-area.tsx'
import { ChangeTable } from './change-table.tsx'
import { comparer, type CompareSide } from './compare-store.ts'
import { pinned } from '../pins/pin-store.ts'
import { Lives } from './lives.tsx'
import css from './compare.module.css'

type Options = (readonly [origin: string, label: string])[]

const names = { one: 'First token', other: 'Second token' } as const satisfies Record<CompareSide, string>

/** Two tokens side by side: pasted, or of accounts. */
export function CompareTokens() {
  const comparison = comparer.use((state) => state.comparison)
  const failure = comparer.use((state) => state.failure)
  const swap = comparer.use((state) => state.swap)
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>Compare two tokens</h1>
        <span className="grow clip faint">
          Before and after a refresh, of two users, environments or issuers. Nothing is sent or kept.
        </span>
        <Button small icon={<ArrowLeftRight />} onClick={swap}>
          Swap
        </Button>
      </div>
      <div className={css.sides}>
        <Side side="one" />
        <Side side="other" />
      </div>
      <div aria-live="polite" className={css.result}>
        {failure && <Notice tone="bad" title={failure.message} next={failure.next} />}
        {comparison && <Comparison comparison={comparison} />}
      </div>
    </div>
  )
}

function Side({ side }: { side: CompareSide }) {
  const from = comparer.use((state) => state.from[side])
  const pasted = comparer.use((state) => state.texts[side])
  const shown = comparer.use((state) => state.comparison?.sides[side === 'one' ? 0 : 1])
  const choose = comparer.use((state) => state.choose)
  const paste = comparer.use((state) => state.paste)
  const pin = pinned.use((state) => state.pin)
  const options = useOrigins()
  const source = from === '' ? pasted : readOrigin(from)
  return (
    <section className={css.side} aria-label={names[side]}>
      <Field label={`${names[side]} from`}>
        <Select options={options} value={from} onPick={(origin) => choose(side, origin)} />
      </Field>
      {from === '' && (
        <TokenArea
          aria-label={names[side]}
          rows={3}
          placeholder="Paste a token, or anything with a token in it."
          value={pasted.text}
          onText={(text) => paste(side, text)}
        />
      )}
      {shown && (
        <p className={css.what}>
          <strong>{shown.what}</strong> <span className="faint">{size(shown.size)}</span>
          {source !== undefined && !('pin' in source) && (
            <Button
              small
              look="quiet"
              icon={<Pin />}
              title="Keeps the token as it is now, encrypted in the vault"
              onClick={() => void pin(nameOf(shown.what, from, options), source)}
            >
              Pin
            </Button>
          )}
        </p>
      )}
    </section>
  )
}

/** What a token is called until it is renamed: as the list of origins calls it, else what it is. */
function nameOf(what: string, from: string, options: Options): string {
  const label = options.find(([origin]) => origin === from)?.[1]
  return (from === '' || label === undefined ? what : label).slice(0, longestPinName)
}

/** Where a token may come from: the field, an account, or what is pinned. */
function useOrigins(): Options {
  const accounts = useDirectory((state) => state.accounts)
  const connections = useDirectory((state) => state.connections)
  const pins = pinned.use((state) => state.pins)
  const load = pinned.use((state) => state.load)
  useEffect(() => void load(), [load])
  const ofAccounts = accounts.flatMap(({ id, displayName, connectionId, hasRefreshToken }) => {
    const connection = connections.find((each) => each.id === connectionId)?.name ?? ''
    return Object.entries(tokenKinds)
      .filter(([kind]) => kind !== 'refresh' || hasRefreshToken)
      .map(
        ([kind, label]) =>
          [
            tokenOrigin(id, kind as keyof typeof tokenKinds),
            `${displayName} · ${connection} · ${label}`,
          ] as const,
      )
  })
  const ofPins = (pins ?? [])
    .filter(({ readable }) => readable)
    .map(({ id, name }) => [pinOrigin(id), `Pinned: ${name}`] as const)
  return [['', 'Typed or pasted'] as const, ...ofAccounts, ...ofPins]
}

function Comparison({ comparison }: { comparison: TokenComparison }) {
  const { sides, says, scopes, claims, header, disclosures } = comparison
  return (
    <>
      <div className={css.says}>
        {says.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <Lives lives={sides.map(({ life }) => life)} names={['First', 'Second']} />
      {scopes && <Scopes {...scopes} />}
      <ChangeTable label="Claims" column="claim" {...claims} />
      {disclosures && <ChangeTable label="Disclosures" column="claim" {...disclosures} />}
      <ChangeTable label="Header" column="parameter" {...header} />
    </>
  )
}

function Scopes({ lost, gained, kept }: NonNullable<TokenComparison['scopes']>) {
  return (
    <section className={css.part} aria-label="Scopes">
      <h2>Scopes</h2>
      <dl className={css.scopes}>
        <dt>Gained</dt>
        <dd>{gained.length > 0 ? <Tags items={gained} tone="ok" /> : <span className="faint">none</span>}</dd>
        <dt>Lost</dt>
        <dd>{lost.length > 0 ? <Tags items={lost} tone="bad" /> : <span className="faint">none</span>}</dd>
        <dt>In both</dt>
        <dd>{kept.length > 0 ? <Tags items={kept} /> : <span className="faint">none</span>}</dd>
      </dl>
    </section>
  )
}
