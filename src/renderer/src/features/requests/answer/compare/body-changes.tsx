import { useEffect, useState } from 'react'
import type { ExchangeView } from '@contract/requests.ts'
import { count, size } from '../../../../lib/format.ts'
import { compareStored } from '../../../../lib/json/document.ts'
import type { Comparison, ComparedLine } from '../../../../lib/json/compare.ts'
import { ChangeTable } from './change-table.tsx'
import css from './compare.module.css'

/** Bodies up to this are compared, each. */
const largest = 4_194_304

/** Two bodies side by side, compared beside the page. */
export function BodyChanges({ before, after }: { before: ExchangeView; after: ExchangeView }) {
  const [one, other] = [before.response, after.response]
  const isTooLarge = Math.max(one?.bodySize ?? 0, other?.bodySize ?? 0) > largest
  const isText = one?.firstText !== undefined && other?.firstText !== undefined
  const json = isJson(one?.contentType) && isJson(other?.contentType)
  const found = useComparison(isTooLarge || !isText ? undefined : { left: before.id, right: after.id, json })
  return (
    <>
      <h2 className={css.title}>
        Body <span className="faint">{isText && !isTooLarge ? outcomeOf(found) : ''}</span>
      </h2>
      {isTooLarge && (
        <p className={css.none}>Bodies of more than {size(largest)} are not compared. Save them to files.</p>
      )}
      {!isTooLarge && !isText && (
        <p className={css.none}>
          {one?.bodySize === 0 || other?.bodySize === 0
            ? 'One of them has no body.'
            : 'These bodies are not text.'}
        </p>
      )}
      {found?.kind === 'json' && (
        <>
          {found.moved > 0 && (
            <p className={css.none}>
              Lists differ in too many places to match their items one by one. {count(found.moved, 'item')}{' '}
              that moved {found.moved === 1 ? 'is' : 'are'} not listed.
            </p>
          )}
          {found.changes.length > 0 && (
            <ChangeTable label="Differences of the bodies" what="Path" changes={found.changes} />
          )}
        </>
      )}
      {found?.kind === 'lines' && <ComparedLines lines={found.lines} />}
    </>
  )
}

function isJson(contentType = ''): boolean {
  return /[/+]json\b/i.test(contentType)
}

function outcomeOf(found: Comparison | null | undefined): string {
  if (found === undefined) return 'comparing'
  if (found === null) return 'one of them is not kept any more'
  if (found.kind === 'same') return 'the same'
  if (found.kind === 'unlike') return 'so different that nothing can be put side by side'
  const most = found.capped ? 'the first ' : ''
  if (found.kind === 'json') return `${most}${count(found.changes.length, 'difference')}, by structure`
  const differing = found.lines.filter(({ kind }) => kind === 'added' || kind === 'removed').length
  return `${most}${count(differing, 'line')} added or removed`
}

function ComparedLines({ lines }: { lines: readonly ComparedLine[] }) {
  return (
    <pre className={css.lines} tabIndex={0} aria-label="Lines that differ">
      {lines.map((line, index) =>
        line.kind === 'gap' ? (
          <span key={index} className={css.gap}>
            {`… ${count(line.lines, 'equal line')}\n`}
          </span>
        ) : (
          <span key={index} className={css.line} data-kind={line.kind}>
            <span className={css.sign}>{line.kind === 'same' ? ' ' : line.kind === 'added' ? '+' : '−'}</span>
            {`${line.text}\n`}
          </span>
        ),
      )}
    </pre>
  )
}

/** Undefined until it is made. */
function useComparison(asked: { left: string; right: string; json: boolean } | undefined) {
  const [found, setFound] = useState<Comparison | null>()
  const { left, right, json = false } = asked ?? {}
  useEffect(() => {
    if (left === undefined || right === undefined) return
    const { outcome, end } = compareStored(left, right, json)
    let gone = false
    void outcome.then((made) => {
      end()
      if (!gone) setFound(made)
    })
    return () => {
      gone = true
      end()
    }
  }, [left, right, json])
  return found
}
