import { keyIn } from '@contract/tables/keys-of'
import { defined } from '@contract/defined'
import type { FlowCard, FlowMessage, FlowMessageKind, FlowParameter } from '@contract/flows'
import { explainParameter } from './explain-parameter.ts'
import type { ExchangeStep, FlowStep } from './flow.ts'
import { duration, requestLabel, responseLabel } from './labels.ts'
import { grantWords, purposeWords, redirectBack, wayWords, type PurposeWords } from './message-words.ts'
import { bodyPairs, formPairs, queryOf, readParameters } from './read-parameters.ts'

/** A message before it got its place in the flow. */
export type Draft = Omit<FlowMessage, 'index' | 'number'> & { numbered: boolean }

/** The messages that one step stands for: an exchange is two, a response from the browser comes with the part
 *  of the browser that no one here has seen. */
export function draftsOf(step: FlowStep): Draft[] {
  switch (step.kind) {
    case 'exchange':
      return exchangeDrafts(step)
    case 'browser': {
      const parameters = readParameters('authorization-request', { query: formPairs(queryOf(step.url)) })
      return [
        {
          ...plain(),
          kind: 'authorization-request',
          from: 'app',
          to: 'browser',
          numbered: true,
          label: step.opened
            ? ['open system browser', ...proofs.filter((name) => has(parameters, name))].join(' · ')
            : 'no browser could be opened',
          title: 'Open the sign-in page in the browser',
          subtitle: 'Gatehouse → system browser, authorization request',
          says: 'The system’s own browser, not a window of Gatehouse: your password stays between you and the provider.',
          source: 'RFC 8252 section 4.1, RFC 6749 section 4.1.1',
          tone: step.opened ? 'plain' : 'bad',
          at: step.at,
          wire: { start: `GET ${step.url}`, headers: [] },
          parameters,
          cards: cardsOf('authorization-request', parameters),
        },
      ]
    }
    case 'callback': {
      const way = wayWords[step.way]
      const query = formPairs(queryOf(step.url))
      const parameters = readParameters('authorization-response', { query }, step.checks)
      const names = ['response', 'code', 'error', 'state', 'iss'].filter((name) =>
        query.some(([other]) => other === name),
      )
      const unseen: Draft[] =
        step.took === undefined
          ? []
          : [
              {
                ...plain(),
                kind: 'authorization-unseen',
                from: 'browser',
                to: 'provider',
                label: 'sign-in in the browser, not seen',
                title: 'Between browser and provider',
                subtitle: `Browser ↔ provider, ${duration(step.took)}`,
                says: 'The sign-in page, password, consent and redirects go between browser and provider. Gatehouse does not see them, and that is the point: it only knows when the browser was opened and when the response arrived.',
                source: 'RFC 8252 section 8.12',
                tone: 'unseen',
                at: step.at,
                took: step.took,
              },
            ]
      return [
        ...unseen,
        {
          ...plain(),
          kind: 'authorization-response',
          from: 'browser',
          to: 'app',
          numbered: true,
          label: [way.label, ...names].join(' · '),
          title: names.includes('error')
            ? 'Redirect back with an error'
            : names.includes('code')
              ? 'Redirect back with the code'
              : redirectBack,
          subtitle: `Browser → Gatehouse, ${way.label}`,
          says: way.says,
          source: way.source,
          tone: step.refused === undefined ? 'plain' : 'bad',
          at: step.at,
          wire: { start: step.url, headers: [] },
          parameters,
          checks: step.checks,
          cards: cardsOf('authorization-response', parameters),
          ...defined({ failure: step.refused }),
        },
      ]
    }
    case 'checks': {
      const invalid = step.checks.some(({ state }) => state === 'invalid')
      return [
        {
          ...plain(),
          kind: 'checks',
          from: 'app',
          to: 'app',
          label: step.title,
          title: step.title,
          subtitle: 'Checked in Gatehouse; nothing crossed the wire',
          says: '',
          tone: invalid ? 'bad' : 'good',
          at: step.at,
          checks: step.checks,
        },
      ]
    }
  }
}

/** What carries the proof in an authorization request: the first that is there is named in the label. */
const proofs = ['request_uri', 'request', 'code_challenge']

function cardsOf(kind: FlowMessageKind, parameters: FlowParameter[]): FlowCard[] {
  const cards = new Map<string, FlowCard>()
  for (const { name, value, place } of parameters) {
    if (place === 'header') continue
    const { card } = explainParameter(kind, name, value)
    if (card !== undefined) cards.set(card.title, card)
  }
  return [...cards.values()].sort(
    (one, other) => Number(other.title.includes('PKCE')) - Number(one.title.includes('PKCE')),
  )
}

function has(parameters: FlowParameter[], wanted: string): boolean {
  return parameters.some(({ name }) => name === wanted)
}

function statusText(step: ExchangeStep): string {
  return step.status === undefined ? 'no response' : `status ${step.status}`
}

/** A token request is called after its grant. */
function wordsOf(step: ExchangeStep): PurposeWords {
  const words = purposeWords[step.purpose]
  if (step.purpose !== 'token') return words
  const grant = bodyPairs(step.requestBody, step.requestHeaders).find(([name]) => name === 'grant_type')?.[1]
  const known = keyIn(grantWords, grant ?? '')
  return known === undefined ? words : { ...words, request: grantWords[known] }
}

function exchangeDrafts(step: ExchangeStep): Draft[] {
  const words = wordsOf(step)
  const other = step.purpose === 'api' ? 'api' : 'provider'
  const requestKind: FlowMessageKind = `${step.purpose}-request`
  const responseKind: FlowMessageKind = `${step.purpose}-response`
  const parameters = readParameters(requestKind, {
    query: formPairs(queryOf(step.url)),
    body: bodyPairs(step.requestBody, step.requestHeaders),
    headers: step.requestHeaders,
  })
  const request: Draft = {
    kind: requestKind,
    from: 'app',
    to: other,
    numbered: true,
    answer: false,
    label: requestLabel(step),
    title: words.request.title,
    subtitle: `Gatehouse → ${other === 'api' ? 'API' : 'provider'}, ${step.method}`,
    says: words.request.says,
    ...defined({ source: words.request.source }),
    tone: 'plain',
    at: step.at,
    wire: {
      start: `${step.method} ${step.url}`,
      headers: step.requestHeaders,
      ...defined({ body: step.requestBody }),
      ...defined({ bodyCut: step.requestBodyCut ? true : undefined }),
    },
    parameters,
    checks: [],
    cards: cardsOf(requestKind, parameters),
    ...defined({ proxy: step.proxy, tls: step.tls }),
    curl: true,
  }
  const bad = step.failed !== undefined || (step.status ?? 0) >= 400
  const answerParameters = readParameters(responseKind, {
    body: bodyPairs(step.responseBody, step.responseHeaders ?? []),
    headers: step.responseHeaders,
  })
  const response: Draft = {
    kind: responseKind,
    from: other,
    to: 'app',
    numbered: false,
    answer: true,
    label: responseLabel(step),
    title: words.response.title,
    subtitle: `${other === 'api' ? 'API' : 'Provider'} → Gatehouse, ${statusText(step)}`,
    says: words.response.says,
    ...defined({ source: words.response.source }),
    tone: bad ? 'bad' : step.purpose === 'api' ? 'good' : 'plain',
    at: step.at + step.took,
    took: step.took,
    ...defined({
      wire:
        step.status === undefined
          ? undefined
          : {
              start: `HTTP ${step.status}`,
              headers: step.responseHeaders ?? [],
              ...defined({ body: step.responseBody }),
              ...defined({ bodyCut: step.responseBodyCut ? true : undefined }),
            },
    }),
    parameters: answerParameters,
    checks: [],
    cards: [],
    ...defined({ proxy: step.proxy, tls: step.tls }),
    curl: false,
  }
  return [request, response]
}

function plain() {
  return {
    checks: [],
    parameters: [],
    cards: [],
    curl: false,
    answer: false,
    numbered: false,
  }
}
