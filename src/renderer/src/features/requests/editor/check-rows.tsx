import { Plus } from 'lucide-react'
import type { Check } from '@contract/sending/checks.ts'
import { checkOperatorTable, checkOperators } from '@contract/tables/check-operators.ts'
import { keyIn, optionsOf } from '@contract/tables/keys-of.ts'
import { isOwnCheck, refusedExpression } from '@contract/tables/own-checks.ts'
import { useRequestVariables } from '../scope/scope-context.ts'
import { Button } from '../../../ui/button.tsx'
import { useRemoveRow } from '../../../ui/list/use-remove-row.ts'
import { NamesInput } from '../../../ui/names/names-input.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { rowCalled, RowEnd, RowStart } from '../rows/row-ends.tsx'
import css from './check-rows.module.css'

const blank: Check = { expression: '', operator: 'eq', value: '', enabled: true }

/** Checks that most requests begin with. */
const usual: [label: string, check: Check][] = [
  ['Status is 200', { ...blank, expression: 'res.status', value: '200' }],
  ['Under 1 second', { ...blank, expression: 'res.responseTime', operator: 'lt', value: '1000' }],
  ['Refused', { ...blank, expression: refusedExpression, operator: 'in', value: '401, 403' }],
]

/** What is expected of the response, in rows; an empty one always waits at the end. */
export function CheckRows({ checks, onChange }: { checks: Check[]; onChange: (checks: Check[]) => void }) {
  const variables = useRequestVariables()
  const remove = useRemoveRow(checks, onChange)
  const set = (index: number, part: Partial<Check>): void =>
    onChange(
      [...checks, blank]
        .map((row, at) => (at === index ? { ...row, ...part } : row))
        .filter((row, at) => at < checks.length || row.expression !== '' || row.value !== ''),
    )
  return (
    <div className={css.rows} role="group" aria-label="check rows">
      {[...checks, blank].map((row, index) => {
        const last = index === checks.length
        const which = `check ${index + 1}`
        const known = keyIn(checkOperatorTable, row.operator)
        return (
          <div key={index} className={css.row} data-off={!row.enabled}>
            <RowStart
              which={which}
              last={last}
              enabled={row.enabled}
              onEnabled={(enabled) => set(index, { enabled })}
            />
            <input
              aria-label={`Subject of ${which}`}
              className={css.text}
              placeholder={last ? 'Add a check' : 'res.status'}
              value={row.expression}
              spellCheck={false}
              onChange={(event) => set(index, { expression: event.target.value })}
            />
            <Select
              aria-label={`Operator of ${which}`}
              className={css.operator}
              data-look="field"
              options={optionsFor(row.operator)}
              value={row.operator}
              disabled={last}
              onPick={(operator) => set(index, { operator })}
            />
            {known !== undefined && checkOperatorTable[known].takes === 'nothing' ? (
              <span />
            ) : (
              <NamesInput
                aria-label={`Expected value of ${which}`}
                className={css.value}
                placeholder={last ? '' : 'value'}
                value={row.value}
                variables={variables}
                onText={(value) => set(index, { value })}
              />
            )}
            <RowEnd
              which={which}
              last={last}
              onRemove={() => remove(index, rowCalled(row.expression, which))}
            />
          </div>
        )
      })}
      <div className={css.usual}>
        {usual.map(([label, check]) => (
          <Button key={label} small look="quiet" icon={<Plus />} onClick={() => onChange([...checks, check])}>
            {label}
          </Button>
        ))}
      </div>
      <p className={css.note}>
        Checked after each response: <code>res.status</code>, <code>res.headers["content-type"]</code>,{' '}
        <code>res.body.items[0].id</code>, <code>res.responseTime</code> in milliseconds, or a JSONPath such
        as <code>$.items[0].id</code>. Write <code>"5"</code> for a text, <code>5</code> for a number.
        {checks.some(isOwnCheck) && (
          <span>
            JSONPath and “refused” are checked by Gatehouse alone: in a collection they are kept under{' '}
            <code>extensions</code>.
          </span>
        )}
      </p>
    </div>
  )
}

function optionsFor(operator: string): [value: string, label: string][] {
  const known = optionsOf(checkOperatorTable, ({ label }) => label)
  return checkOperators.some((each) => each === operator) ? known : [...known, [operator, operator]]
}
