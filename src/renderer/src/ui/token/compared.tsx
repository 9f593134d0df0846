import type { Compared } from '@contract/result.ts'
import { differenceOf } from '../../lib/difference.ts'
import css from './compared.module.css'

/** What came above what was expected, the difference marked by colour and underline. */
export function ComparedValues({ compared }: { compared: Compared }) {
  const { before, came, expected, after } = differenceOf(compared.came, compared.expected)
  return (
    <dl className={css.compared} aria-label="Received and expected">
      {(
        [
          ['came', came],
          ['expected', expected],
        ] as const
      ).map(([label, own]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="mono wrap-any">
            {before}
            <mark data-empty={own === '' || undefined}>{own}</mark>
            {after}
          </dd>
        </div>
      ))}
    </dl>
  )
}
