import { CornerDownLeft } from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { ExchangeView } from '@contract/requests.ts'
import { countChecks } from '@contract/tables/own-checks.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Sections, type Section } from '../../../ui/sections.tsx'
import { Kbd, Tag } from '../../../ui/tag.tsx'
import { AsSent } from './as-sent.tsx'
import { capturedWords } from './checks/outcome-tags.tsx'
import { CaptureResults } from './captures/capture-results.tsx'
import { CheckResults } from './checks/check-results.tsx'
import { CarriedTokenFacts } from './carried-token.tsx'
import { Remedies } from './remedies.tsx'
import { ResponseLinks } from './links/response-links.tsx'
import { OnTheWay } from './on-the-way.tsx'
import { ResponseHeaders } from './headers/response-headers.tsx'
import { RefusalCard } from './refusal-card.tsx'
import { ResponseBody } from './response-body.tsx'
import { answersAnother } from '../drafts.ts'
import type { OpenRequest, Shown } from '../state.ts'
import { requests } from '../store.ts'
import { UploadProgress } from './upload/upload-progress.tsx'
import { StartPlayground } from './start-playground.tsx'
import { Summary } from './response-summary.tsx'
import { ResponseTokens } from './response-tokens.tsx'
import { TimingFacts } from './timing.tsx'
import css from './response-pane.module.css'

const CompareResponses = lazy(() =>
  import('./compare/compare-responses.tsx').then((part) => ({ default: part.CompareResponses })),
)

interface Props {
  tabId: string
  request: OpenRequest
  /** It came while another environment was chosen. */
  elsewhere: boolean
  onCancel: () => void
}

/** What came back, or what is being waited for. */
export function ResponsePane(props: Props) {
  return (
    <>
      {/* Is there before its text comes: a region that comes with its text is not read out. */}
      <p className="visually-hidden" role="status" aria-label="Outcome">
        {outcomeOf(props.request)}
      </p>
      <Outcome {...props} />
    </>
  )
}

/** What a screen reader says when sending begins and ends: the status, and why a call was refused. */
function outcomeOf({ sendId, exchange, failure }: OpenRequest): string {
  if (sendId !== null)
    return exchange?.response?.arriving ? 'Receiving the response' : 'Waiting for the response'
  if (failure) return failure.message
  if (!exchange) return ''
  const { response, refusal, error, checks, captures } = exchange
  const status = response ? `${response.status} ${response.statusText}` : 'No response'
  const counted = checks && countChecks(checks)
  const checked = counted && `${counted.passed} of ${counted.all} checks passed`
  const captured = captures && capturedWords(captures)
  return [status, refusal?.headline ?? error?.message, checked, captured].filter(Boolean).join('. ')
}

function Outcome({ tabId, request, elsewhere, onCancel }: Props) {
  const { sendId, exchange, failure, shown } = request
  if (sendId !== null && exchange?.response?.arriving === undefined) {
    return (
      <div className={css.waiting}>
        <div className={css.progress} aria-hidden="true" />
        {request.upload && request.upload.sent < request.upload.total ? (
          <UploadProgress upload={request.upload} />
        ) : (
          <span className="note">Waiting for the response</span>
        )}
        <Button small onClick={onCancel}>
          Cancel
        </Button>
      </div>
    )
  }
  if (failure) {
    return (
      <div className={css.notice}>
        <Notice tone="bad" title={failure.message} next={failure.next}>
          <code>{failure.code}</code>
        </Notice>
      </div>
    )
  }
  if (exchange)
    return (
      <Answer
        tabId={tabId}
        exchange={exchange}
        shown={shown}
        old={answersAnother(request, exchange) ? 'before your changes' : elsewhere && 'other environment'}
        onStop={sendId === null ? undefined : onCancel}
      />
    )
  return (
    <div className={css.empty}>
      <CornerDownLeft aria-hidden="true" />
      <p>
        The response appears here: status, time, body, headers, and the token as it was then. <Kbd>Ctrl</Kbd>{' '}
        <Kbd>Enter</Kbd> sends.
      </p>
      <p>
        <Tag tone="bad">401</Tag> <Tag tone="bad">403</Tag> If a call is refused, Gatehouse explains why.
      </p>
    </div>
  )
}

interface AnswerProps {
  tabId: string
  exchange: ExchangeView
  shown?: Shown
  old: string | false
  /** Set while its body is being received. */
  onStop: (() => void) | undefined
}

function sectionsOf(
  exchange: ExchangeView,
  { shown, show, onStop }: { shown: Shown; show: (shown: Shown) => void; onStop: (() => void) | undefined },
): Section[] {
  const { response, timing } = exchange
  const sections: Section[] = []
  if (response) {
    sections.push({
      id: 'body',
      label: 'Body',
      content: (
        <ResponseBody
          key={exchange.id}
          exchange={exchange}
          picked={shown.body}
          onPick={(body) => show({ body })}
          isDrawn={shown.drawn === exchange.id}
          onDraw={() => show({ drawn: exchange.id })}
          onStop={onStop}
        />
      ),
    })
    sections.push({
      id: 'headers',
      label: 'Headers',
      badge: response.headers.length,
      content: <ResponseHeaders key={exchange.id} exchange={exchange} response={response} />,
    })
  }
  if (timing) {
    sections.push({
      id: 'timing',
      label: 'Timing',
      content: <TimingFacts exchange={exchange} timing={timing} />,
    })
  }
  if (exchange.checks) {
    sections.push({
      id: 'checks',
      label: 'Checks',
      badge: exchange.checks.length,
      content: <CheckResults results={exchange.checks} />,
    })
  }
  if (exchange.captures) {
    sections.push({
      id: 'captured',
      label: 'Captured',
      badge: exchange.captures.length,
      content: <CaptureResults results={exchange.captures} />,
    })
  }
  sections.push({
    id: 'sent',
    label: 'Sent',
    content: <AsSent exchange={exchange} />,
  })
  sections.push({
    id: 'token',
    label: 'Token',
    content: <CarriedTokenFacts exchange={exchange} />,
  })
  if (response && !response.arriving) {
    sections.push({
      id: 'compare',
      label: 'Compare',
      content: (
        <Suspense>
          <CompareResponses
            key={exchange.id}
            exchange={exchange}
            picked={shown.compared === exchange.id ? undefined : shown.compared}
            onPick={(compared) => show({ compared })}
          />
        </Suspense>
      ),
    })
  }
  return sections
}

function Answer({ tabId, exchange, shown = {}, old, onStop }: AnswerProps) {
  const show = requests.use((state) => state.show)
  const sections = sectionsOf(exchange, { shown, show: (part) => show(tabId, part), onStop })
  const remedies = exchange.remedies && <Remedies tabId={tabId} remedies={exchange.remedies} />
  const value = (sections.find(({ id }) => id === shown.part) ?? sections[0])?.id ?? ''
  return (
    <div className={css.answer}>
      <Summary exchange={exchange} old={old} />
      {exchange.resent && (
        <div className={css.notice}>
          <Notice
            tone={exchange.resent.refreshFailed ? 'warn' : 'plain'}
            title={`The first response was ${exchange.resent.firstStatus}: the API did not accept the token`}
          >
            {exchange.resent.refreshFailed
              ? `It could not be refreshed: ${exchange.resent.refreshFailed}`
              : 'It was refreshed and the request sent again. This is the second response.'}
          </Notice>
        </div>
      )}
      {exchange.error && (
        <div className={css.notice}>
          <Notice
            tone="bad"
            title={exchange.error.message}
            next={exchange.error.next}
            actions={
              exchange.refusal ? undefined : (
                <>
                  {remedies}
                  <StartPlayground tabId={tabId} exchange={exchange} />
                </>
              )
            }
          >
            <code>{exchange.error.code}</code>
          </Notice>
        </div>
      )}
      <div className={css.notices}>
        <OnTheWay exchange={exchange} />
      </div>
      {exchange.refusal && (
        <RefusalCard
          tabId={tabId}
          exchangeId={exchange.id}
          refusal={exchange.refusal}
          status={exchange.status ?? 0}
          actions={remedies}
        />
      )}
      <ResponseTokens exchange={exchange} />
      {exchange.response && !exchange.response.arriving && (
        <ResponseLinks key={exchange.id} tabId={tabId} exchange={exchange} />
      )}
      <div className={css.parts}>
        <Sections
          label="Parts of the response"
          inset
          oneLine
          value={value}
          onPick={(part) => show(tabId, { part })}
          sections={sections}
        />
      </div>
    </div>
  )
}
