import {
  CircleCheck,
  CircleHelp,
  CircleX,
  Clock,
  KeyRound,
  LockKeyhole,
  ShieldOff,
  Siren,
} from 'lucide-react'
import { verdictStates, type VerdictState } from '@contract/tables/verdict-states.ts'
import type { TokenView } from '@contract/tokens/tokens.ts'
import { moment } from '../../lib/format.ts'
import { leftLong, lifeState } from '../../lib/life.ts'
import { useNow } from '../../lib/use-now.ts'
import { bench } from './store.ts'
import { assumptions } from './bench-input.ts'
import css from './verdict-bar.module.css'

const icons: Record<VerdictState, typeof Clock> = {
  holds: CircleCheck,
  expired: Clock,
  early: Clock,
  signature_wrong: CircleX,
  wrong_key: KeyRound,
  unsecured: ShieldOff,
  refused: CircleX,
  not_checked: CircleHelp,
  encrypted: LockKeyhole,
  opaque: CircleHelp,
  detached: CircleHelp,
  unreadable: CircleX,
}

/** The first look: what it is, whether it holds, until when. */
export function VerdictBar({ token }: { token: TokenView }) {
  const { state, what, says, attacks } = token.verdict
  const { label, tone } = verdictStates[state]
  const Icon = icons[state]
  const kind = token.format === 'jwt' ? token.kind : undefined
  return (
    <section className={css.bar} aria-label="At a glance">
      <div className={css.cell}>
        <h2>What it is</h2>
        <p className={css.main}>{what}</p>
        {kind && <p className="note">{kind.chosen ? 'You chose this kind.' : because(kind.because)}</p>}
      </div>
      <div className={css.cell} data-tone={tone}>
        <h2>Is it valid</h2>
        <p className={css.main}>
          <Icon aria-hidden="true" /> {label}
        </p>
        <p className="note wrap-any">{says}</p>
        {attacks.length > 0 && (
          <p className={css.attacks}>
            <Siren aria-hidden="true" /> {named(attacks)}
          </p>
        )}
      </div>
      <Until life={token.life} readable={token.format === 'jwt'} />
    </section>
  )
}

function Until({ life, readable }: Pick<TokenView, 'life'> & { readable: boolean }) {
  const clock = useNow()
  const assumed = bench.use((state) => state.assumed)
  // The same moment as the verdict beside it.
  const now = assumptions(assumed)?.at ?? clock
  const { tone } = lifeState(life, now)
  return (
    <div className={css.cell} aria-live="off" data-tone={life.expiresAt === undefined ? 'plain' : tone}>
      <h2>Valid until</h2>
      <p className={css.main}>
        <Clock aria-hidden="true" />
        {life.expiresAt === undefined ? (readable ? 'No expiry' : 'Not known') : moment(life.expiresAt, now)}
      </p>
      <p className="note">
        {life.expiresAt !== undefined
          ? leftLong(life, now)
          : readable
            ? 'The token does not state one.'
            : 'Only a valid, readable JWT states one.'}
      </p>
    </div>
  )
}

/** The word for all of them is before the first alone. */
function named(attacks: string[]): string {
  return attacks.map((attack, index) => (index === 0 ? attack : attack.replace(/^Attack: /, ''))).join(', ')
}

function because(reason: string): string {
  return `Because ${reason}.`
}
