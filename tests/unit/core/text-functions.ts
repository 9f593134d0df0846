import type { RequestDraft } from '../../../src/core/contract/requests.ts'
import { checkupMarkdown } from '../../../src/core/checkup/check-provider.ts'
import { readChallenges } from '../../../src/core/diagnosis/challenges.ts'
import { saysExpired } from '../../../src/core/diagnosis/by-time.ts'
import { explainRefusal } from '../../../src/core/diagnosis/refusal.ts'
import { readAuthorization } from '../../../src/core/diagnosis/typed-header.ts'
import * as diagnosis from '../../../src/core/diagnosis/words.ts'
import { resolveSecret } from '../../../src/core/app/connections/typed-fields.ts'
import { discoveryFacts } from '../../../src/core/app/flows/flow-recorder.ts'
import { ofHeaders } from '../../../src/core/app/requests/token-facts.ts'
import { knownSecrets } from '../../../src/core/app/requests/exchange-secrets.ts'
import { missingScopes } from '../../../src/core/app/tokens/granted-token-set.ts'
import { keyIn } from '../../../src/core/contract/tables/keys-of.ts'
import { toCurl } from '../../../src/core/flow/export-curl.ts'
import { toHar } from '../../../src/core/flow/export-har.ts'
import { toMermaid } from '../../../src/core/flow/export-mermaid.ts'
import { describeFlow } from '../../../src/core/flow/describe-flow.ts'
import { explainParameter, isKnownParameter } from '../../../src/core/flow/explain-parameter.ts'
import { matchesFlow } from '../../../src/core/flow/find-flow.ts'
import { addStep } from '../../../src/core/flow/limit-step.ts'
import { errorMeaning } from '../../../src/core/flow/parameters-authorization.ts'
import { purposeOf } from '../../../src/core/flow/purpose.ts'
import * as parameters from '../../../src/core/flow/read-parameters.ts'
import { bodyName, mediaTypeOf } from '../../../src/core/http/body-name.ts'
import { decodeText, firstText, isText } from '../../../src/core/http/body-text.ts'
import { coverAnswer } from '../../../src/core/http/cover-answer.ts'
import { openPage } from '../../../src/core/app/requests/open-page.ts'
import { splitDraft, joinDraft } from '../../../src/core/http/draft-secrets.ts'
import { prepareDraft } from '../../../src/core/http/draft.ts'
import { nextHop } from '../../../src/core/http/redirect.ts'
import { resolveDraft, withSecretHeaders } from '../../../src/core/http/variables.ts'
import { lintToken } from '../../../src/core/jwt/checks/lint-token.ts'
import { halfHash } from '../../../src/core/jwt/checks/check-hash.ts'
import { checkIssuer } from '../../../src/core/jwt/checks/check-issuer.ts'
import { answerMembers, errorAsForm, ownWords } from '../../../src/core/oauth/wire/own-words.ts'
import { fillHole, hasHole, mayFill, withHoleFilled } from '../../../src/core/text/issuer-hole.ts'
import { variableNames } from '../../../src/core/text/variable-names.ts'
import { covered, withCredentialQuery } from '../../../src/core/http/carry-credential.ts'
import type { CarriedCredential } from '../../../src/core/http/wire.ts'
import { resolveText } from '../../../src/core/http/variables.ts'
import { namesVariable } from '../../../src/core/oauth/client/further.ts'
import { scopeParameter } from '../../../src/core/oauth/authorization/request-settings.ts'
import { asWritten } from '../../../src/core/oauth/wire/as-written.ts'
import {
  itemsOf,
  laidOut,
  rememberWritten,
  writtenMember,
  writtenObject,
} from '../../../src/core/text/written.ts'
import { appendToQuery, dropFromQuery } from '../../../src/core/text/query.ts'
import { comparedWith, quoted } from '../../../src/core/jwt/checks/check.ts'
import { takeOffSurroundings } from '../../../src/core/jwt/checks/surroundings.ts'
import { explainClient, explainScope } from '../../../src/core/jwt/explain/claims-registered.ts'
import { inspectToken } from '../../../src/core/jwt/explain/inspect-token.ts'
import { isNone, jwsAlgorithm } from '../../../src/core/jwt/keys/algorithms.ts'
import { rsaWeakness } from '../../../src/core/jwt/keys/rsa-weakness.ts'
import * as base64url from '../../../src/core/jwt/text/base64url.ts'
import { readCompactJws, readSegment, splitCompact } from '../../../src/core/jwt/text/compact.ts'
import { decodeToken } from '../../../src/core/jwt/text/decode.ts'
import { readDisclosures } from '../../../src/core/jwt/text/disclosures.ts'
import { findTokens as findTokensIn } from '../../../src/core/jwt/text/find-tokens.ts'
import { readTimeWords, withTimes } from '../../../src/core/jwt/make/time-words.ts'
import { describeOpaque } from '../../../src/core/jwt/text/describe-opaque.ts'
import { isObject, readJsonObject } from '../../../src/core/jwt/text/json-object.ts'
import * as dates from '../../../src/core/jwt/text/numeric-date.ts'
import * as scope from '../../../src/core/jwt/text/scope.ts'
import { authorizationUrl, stateDigest } from '../../../src/core/oauth/authorization/authorization-request.ts'
import { reservedParameter } from '../../../src/core/oauth/authorization/request-settings.ts'
import * as stepUp from '../../../src/core/oauth/authorization/step-up.ts'
import { checkMetadata } from '../../../src/core/oauth/discovery/check-metadata.ts'
import * as pasted from '../../../src/core/oauth/discovery/connect-url.ts'
import { readResourceMetadata } from '../../../src/core/oauth/discovery/discover-resource.ts'
import { discoverProvider } from '../../../src/core/oauth/discovery/discover.ts'
import { createProviderKeys } from '../../../src/core/oauth/discovery/jwks.ts'
import { registerClient } from '../../../src/core/oauth/discovery/registration.ts'
import { issuerLeadsTo } from '../../../src/core/oauth/discovery/well-known.ts'
import { isLogoutReturn, readLogoutReturn } from '../../../src/core/oauth/endpoints/logout.ts'
import { readCallback } from '../../../src/core/oauth/redirect/callback.ts'
import { withoutTokens } from '../../../src/core/oauth/redirect/front-channel.ts'
import { readSignedResponse } from '../../../src/core/oauth/redirect/jarm.ts'
import { findCallbackUrl } from '../../../src/core/oauth/redirect/redirect-address.ts'
import { isSchemePing, readSchemePing } from '../../../src/core/oauth/redirect/scheme-ping.ts'
import { scopeAsGranted, softenTokenAnswer } from '../../../src/core/oauth/token/token-answer.ts'
import * as encoding from '../../../src/core/oauth/wire/encoding.ts'
import { checkEndpointUrl } from '../../../src/core/oauth/wire/endpoint-url.ts'
import type { Fetch } from '../../../src/core/oauth/wire/fetch.ts'
import { providerText, providerWords } from '../../../src/core/oauth/wire/provider-text.ts'
import { retryAfterSeconds } from '../../../src/core/oauth/wire/retry-after.ts'
import { createAutomaton } from '../../../src/core/secrecy/automaton.ts'
import * as carried from '../../../src/core/secrecy/carried.ts'
import { coverBytes } from '../../../src/core/http/cover-bytes.ts'
import * as looks from '../../../src/core/secrecy/looks.ts'
import * as mask from '../../../src/core/secrecy/mask.ts'
import { findNamed, mentionsSecretIn } from '../../../src/core/secrecy/named-values.ts'
import * as names from '../../../src/core/secrecy/names.ts'
import { keptClaims } from '../../../src/core/app/accounts/kept-claims.ts'
import * as redact from '../../../src/core/secrecy/redact.ts'
import { scrubThrown } from '../../../src/core/secrecy/scrub-thrown.ts'
import { createScrubber } from '../../../src/core/secrecy/scrub.ts'
import { spellingsOf } from '../../../src/core/secrecy/spellings.ts'
import { viewsOf } from '../../../src/core/secrecy/views.ts'
import { fillBlanks, recogniseTemplate } from '../../../src/core/templates/recognise.ts'
import { jsonMembers } from '../../../src/core/text/json-members.ts'
import { isLoopbackHost } from '../../../src/core/text/loopback-host.ts'
import { parseJson } from '../../../src/core/text/parse-json.ts'
import { isObject as isPlainObject, parseObject } from '../../../src/core/text/parse-object.ts'
import { withoutEnd, withoutStart } from '../../../src/core/text/trim.ts'
import * as bytesOf from '../../../src/core/vault/box/bytes.ts'
import { parseSealed } from '../../../src/core/vault/box/sealed-format.ts'
import { parseHash, readNewPassword } from '../../../src/core/vault/guard/password.ts'
import { foldUsername, readUsername } from '../../../src/core/vault/guard/username.ts'
import { flowRecord, tokenExchange } from './flow/sample.ts'

type Call = (text: string, bytes: Uint8Array) => unknown

const row = (value: string) => ({ name: value, value, enabled: true })
const draft = (text: string): RequestDraft => ({
  method: 'POST',
  url: `https://api.example/${text}`,
  query: [row(text)],
  headers: [row(text)],
  body: { kind: 'text', text, contentType: text },
  accountId: null,
})
const request = (text: string, body: Uint8Array) => ({
  method: 'POST',
  url: 'https://api.example/',
  headers: [['X-Any', text] as [string, string]],
  body,
})
const fetching =
  (text: string): Fetch =>
  () =>
    Promise.resolve(new Response(text, { status: 200, headers: { 'content-type': 'application/json' } }))
const secrets = ['o dd&secret', 'marked-secret-0123456789', `${'a'.repeat(300)}b`]
const scrub = createScrubber(secrets)
const flow = (text: string) =>
  flowRecord({
    title: text.slice(0, 1_000),
    steps: [
      tokenExchange({
        url: `https://id.example/?${text.slice(0, 16_000)}`,
        requestBody: text.slice(0, 65_536),
        responseBody: text.slice(0, 65_536),
      }),
    ],
  })
const anything = () => true

const credential: CarriedCredential = {
  type: 'Bearer',
  text: 'a-token-of-some-length',
  allowInsecure: false,
  further: [
    { where: 'header', name: 'X-Key', value: 'a-key-of-some-length', secret: true },
    { where: 'parameter', name: 'key', value: 'a-key-of-some-length', secret: true },
  ],
}

/** Every function of the core that is given text or bytes from outside, called with it. By file and name. */
export const textFunctions: Record<string, Call> = {
  'app/flows/flow-recorder discoveryFacts': discoveryFacts,
  'app/requests/exchange-secrets knownSecrets': (text, bytes) =>
    knownSecrets(request(text, bytes), new Map()),
  'app/tokens/granted-token-set missingScopes': (text) => missingScopes(text, text),
  'checkup/check-provider checkupMarkdown': (text) =>
    checkupMarkdown({ issuer: text, at: 0, items: [], metadataNote: text }),
  'contract/tables/keys-of keyIn': (text) => keyIn({}, text),
  'diagnosis/challenges readChallenges': (text) => readChallenges([text]),
  'app/requests/token-facts ofHeaders': (text) => ofHeaders([['authorization', `Bearer ${text}`]], 0),
  'diagnosis/by-time saysExpired': saysExpired,
  'diagnosis/typed-header readAuthorization': readAuthorization,
  'diagnosis/refusal explainRefusal': (text) =>
    explainRefusal({
      status: 401,
      url: 'https://api.example/',
      headers: [['www-authenticate', text.slice(0, 65_536)]],
      bodyText: text.slice(0, 20_000),
      now: 0,
    }),
  'diagnosis/words plainText': (text) => diagnosis.plainText(text),
  'diagnosis/words words': diagnosis.words,
  'flow/describe-flow describeFlow': (text) => describeFlow(flow(text)),
  'flow/explain-parameter explainParameter': (text) => explainParameter('token-request', text, text),
  'flow/explain-parameter isKnownParameter': (text) => isKnownParameter('token-request', text),
  'flow/export-curl toCurl': (text) => toCurl(tokenExchange({ requestBody: text })),
  'flow/export-har toHar': (text) => toHar(flow(text), { name: 'a', version: '1' }),
  'flow/export-mermaid toMermaid': (text) => toMermaid(describeFlow(flow(text))),
  'flow/find-flow matchesFlow': (text) =>
    matchesFlow([text], { ...flowRecord({ title: text }), stepCount: 0 }),
  'flow/limit-step addStep': (text) => addStep(flowRecord(), tokenExchange({ url: text, requestBody: text })),
  'flow/parameters-authorization errorMeaning': errorMeaning,
  'flow/purpose purposeOf': (text) => purposeOf(text, { token_endpoint: text }),
  'flow/read-parameters bodyPairs': (text) => parameters.bodyPairs(text.slice(0, 65_536), []),
  'flow/read-parameters formPairs': (text) => parameters.formPairs(text.slice(0, 65_536)),
  'flow/read-parameters queryOf': parameters.queryOf,
  'flow/read-parameters readParameters': (text) =>
    parameters.readParameters('token-request', { query: [[text, text]], body: [[text, text]] }),
  'http/body-name bodyName': (text) => bodyName(text, text),
  'http/body-name mediaTypeOf': mediaTypeOf,
  'http/body-text decodeText': (text, bytes) => decodeText(bytes, text),
  'http/body-text firstText': (text, bytes) => firstText(bytes, text),
  'http/body-text isText': (text, bytes) => isText(bytes, text),
  'http/cover-answer coverAnswer': (text, bytes) =>
    coverAnswer(
      {
        status: 200,
        statusText: text.slice(0, 4_096),
        headers: [['x-any', text.slice(0, 65_536)]],
        contentType: 'text/plain',
        // Names, looks and values: three ways through it.
        body: bytes.subarray(0, 500_000),
        wireSize: 0,
        truncated: false,
        url: 'https://api.example/',
        method: 'GET',
        hops: [],
        tokenSent: true,
        sentHeaders: [],
        timing: { waiting: 0, receiving: 0, total: 0 },
      },
      { scrub, pacer: { isDue: () => false, turn: () => Promise.resolve() } },
    ),
  'http/draft prepareDraft': (text) => prepareDraft(draft(text.slice(0, 100_000))),
  'http/draft-secrets joinDraft': (text) => joinDraft(draft(text), { url: text }),
  'app/requests/open-page openPage': openPage,
  'http/draft-secrets splitDraft': (text) => splitDraft(draft(text.slice(0, 250_000))),
  'http/carry-credential withCredentialQuery': (text) =>
    withCredentialQuery(`https://api.example/?${text}`, credential),
  'http/carry-credential covered': (text) => covered([['x', text]], credential),
  'text/variable-names variableNames': variableNames,
  'http/redirect nextHop': (text, bytes) => nextHop(request('', bytes), 307, text),
  'http/variables resolveDraft': (text) => resolveDraft(draft(text.slice(0, 250_000)), new Map(), 'local'),
  'http/variables withSecretHeaders': (text, bytes) =>
    withSecretHeaders(request(text, bytes), new Map([['a', 'aaaaaaaab']])),
  'oauth/wire/own-words ownWords': ownWords,
  'oauth/wire/own-words errorAsForm': errorAsForm,
  'oauth/wire/own-words answerMembers': answerMembers,
  'text/issuer-hole hasHole': hasHole,
  'text/issuer-hole fillHole': (text) => fillHole(text, text),
  'text/issuer-hole withHoleFilled': (text) => withHoleFilled(text, text),
  'text/issuer-hole mayFill': (text) => mayFill(`${text}/{tid}/`, text),
  'app/connections/typed-fields resolveSecret': (text) =>
    resolveSecret(
      text,
      { typed: [{ field: 'clientSecret', template: text, value: '' }] },
      new Map([['a', { value: text, secret: true }]]),
    ),
  'http/variables resolveText': (text) => resolveText(text, new Map()),
  'oauth/client/further namesVariable': namesVariable,
  'oauth/authorization/request-settings scopeParameter': (text) =>
    scopeParameter(text, { scopeSeparator: ',' }),
  'oauth/wire/as-written asWritten': (text) => asWritten({}, text),
  'text/written rememberWritten': (text) => rememberWritten({}, JSON.stringify({ text })),
  'text/written writtenMember': (text) => writtenMember({}, text, text),
  'text/written writtenObject': (text) => writtenObject({ [text]: text }),
  'text/written laidOut': (text) => laidOut(JSON.stringify({ text })),
  'text/written itemsOf': (text) => itemsOf(JSON.stringify([text])),
  'text/query appendToQuery': (text) => appendToQuery(text, [[text, text]]),
  'text/query dropFromQuery': (text) => dropFromQuery(`?${text}`, new Set(['a'])),
  'jwt/checks/check quoted': quoted,
  'jwt/checks/check comparedWith': (text) => comparedWith(text, text),
  'jwt/checks/check-hash halfHash': (text) => halfHash(text, 'RS256'),
  'jwt/checks/check-issuer checkIssuer': (text) => checkIssuer({ iss: text }, text, ''),
  'jwt/checks/lint-token lintToken': (text) =>
    lintToken(decodeToken(`${btoa('{"alg":"none"}')}.${btoa(`{"a":${JSON.stringify(latin1(text))}}`)}.`)),
  'jwt/checks/surroundings takeOffSurroundings': takeOffSurroundings,
  'jwt/explain/inspect-token inspectToken': (text) => inspectToken(text, { now: 0 }),
  'jwt/keys/algorithms isNone': isNone,
  'jwt/keys/algorithms jwsAlgorithm': jwsAlgorithm,
  'jwt/keys/rsa-weakness rsaWeakness': (text) => rsaWeakness({ kty: 'RSA', n: text, e: text }),
  'jwt/explain/claims-registered explainClient': (text) => explainClient(text, { now: 0 }),
  'jwt/explain/claims-registered explainScope': (text) => explainScope(text, { now: 0 }),
  'jwt/text/base64url decodeBase64url': base64url.decodeBase64url,
  'jwt/text/base64url encodeBase64url': (_text, bytes) => base64url.encodeBase64url(bytes),
  'jwt/text/base64url salvageBase64url': base64url.salvageBase64url,
  'jwt/text/compact readCompactJws': readCompactJws,
  'jwt/text/compact readSegment': (_text, bytes) => readSegment(bytes, 'payload', 0),
  'jwt/text/compact splitCompact': (text) => splitCompact(text.split('.', 6), 0),
  'jwt/text/decode decodeToken': decodeToken,
  'jwt/text/disclosures readDisclosures': (text) => readDisclosures([text]),
  'jwt/text/find-tokens findTokens': findTokensIn,
  'jwt/make/time-words readTimeWords': (text) => readTimeWords(`now+${text}`, 0),
  'jwt/make/time-words withTimes': (text) => withTimes({ exp: text }, 0),
  'jwt/text/describe-opaque describeOpaque': (text) => describeOpaque(text),
  'jwt/text/json-object isObject': isObject,
  'jwt/text/json-object readJsonObject': (_text, bytes) => readJsonObject(bytes),
  'jwt/text/numeric-date dateOddity': dates.dateOddity,
  'jwt/text/numeric-date momentOf': dates.momentOf,
  'jwt/text/numeric-date readNumericDate': dates.readNumericDate,
  'jwt/text/scope compareScopes': (text) => scope.compareScopes(text, text, text),
  'jwt/text/scope scopeList': scope.scopeList,
  'jwt/text/scope scopeSentence': (text) => scope.scopeSentence([text]),
  'oauth/authorization/authorization-request authorizationUrl': (text) =>
    authorizationUrl(`https://id.example/?${text.slice(0, 16_384)}`, [['scope', text.slice(0, 65_536)]]),
  'oauth/authorization/authorization-request stateDigest': stateDigest,
  'oauth/authorization/request-settings reservedParameter': (text) => reservedParameter([text]),
  'oauth/authorization/step-up lackingScopes': (text) =>
    stepUp.lackingScopes(new Map([['scope', text]]), text),
  'oauth/authorization/step-up scopeUnion': (text) => stepUp.scopeUnion(text, [text]),
  'oauth/authorization/step-up stepUpOf': (text) =>
    stepUp.stepUpOf(
      new Map([
        ['error', 'insufficient_user_authentication'],
        ['acr_values', text],
        ['max_age', text],
      ]),
    ),
  'oauth/discovery/check-metadata checkMetadata': (text) =>
    checkMetadata({ issuer: text, token_endpoint: text, scopes_supported: [text] }, { allowInsecure: false }),
  'oauth/discovery/connect-url issuersAbove': (text) =>
    pasted.issuersAbove(`https://id.example/${text.slice(0, 16_384)}`),
  'oauth/discovery/connect-url readPastedUrl': (text) => pasted.readPastedUrl(text, { allowInsecure: false }),
  'oauth/discovery/connect-url sameEndpoint': (text) => pasted.sameEndpoint(text, text),
  'oauth/discovery/connect-url withScheme': pasted.withScheme,
  'oauth/discovery/discover discoverProvider': (text) =>
    // Parsing JSON takes most of it, twice.
    discoverProvider('https://id.example', { fetch: fetching(text.slice(0, 500_000)), allowInsecure: false }),
  'oauth/discovery/discover-resource readResourceMetadata': (text) =>
    readResourceMetadata('https://api.example/.well-known/oauth-protected-resource', {
      fetch: fetching(text),
      allowInsecure: false,
      readChallenge: (header: string) => readChallenges([header]).challenges,
    }),
  'oauth/discovery/jwks createProviderKeys': (text) =>
    createProviderKeys({ fetch: fetching(text), now: () => 0 })('https://id.example/jwks'),
  'oauth/discovery/registration registerClient': (text) =>
    registerClient('https://id.example/register', {} as Parameters<typeof registerClient>[1], {
      fetch: fetching(text),
      allowInsecure: false,
    }),
  'oauth/discovery/well-known issuerLeadsTo': (text) => issuerLeadsTo(text, text),
  'oauth/endpoints/logout isLogoutReturn': isLogoutReturn,
  'oauth/endpoints/logout readLogoutReturn': readLogoutReturn,
  'oauth/redirect/callback readCallback': (text) =>
    readCallback(`app.gatehouse.desktop:/oauth/callback?${text}`),
  'oauth/redirect/front-channel withoutTokens': (text) => withoutTokens([[text, text]]),
  'oauth/redirect/jarm readSignedResponse': readSignedResponse,
  'oauth/redirect/redirect-address findCallbackUrl': (text) => findCallbackUrl([text]),
  'oauth/redirect/scheme-ping isSchemePing': isSchemePing,
  'oauth/redirect/scheme-ping readSchemePing': readSchemePing,
  'oauth/token/token-answer scopeAsGranted': (text) => scopeAsGranted(text, text),
  'oauth/token/token-answer softenTokenAnswer': (text) =>
    softenTokenAnswer({ expires_in: text, token_type: text, scope: text }),
  'oauth/wire/encoding equalTexts': (text) => encoding.equalTexts(text, text),
  'oauth/wire/encoding sha256Base64url': encoding.sha256Base64url,
  'oauth/wire/endpoint-url checkEndpointUrl': (text) => checkEndpointUrl(text, { allowInsecure: false }),
  'oauth/wire/provider-text providerText': (text) => providerText(text),
  'oauth/wire/provider-text providerWords': (text) => providerWords(() => text),
  'oauth/wire/retry-after retryAfterSeconds': (text) => retryAfterSeconds(text, 0),
  'http/cover-bytes coverBytes': (_text, bytes) =>
    coverBytes(bytes, looks.findTokens, scrub, { isDue: () => false, turn: () => Promise.resolve() }),
  'secrecy/automaton createAutomaton': (_text, bytes) =>
    createAutomaton(secrets.map((secret) => new TextEncoder().encode(secret))).search(bytes, anything),
  'secrecy/carried secretsAnswered': (text) =>
    carried.secretsAnswered([['set-cookie', text.slice(0, 65_536)]], text.slice(0, 262_144)),
  'secrecy/carried secretsInBody': (text) => carried.secretsInBody(text.slice(0, 500_000)),
  'secrecy/carried secretsInUrl': (text) =>
    carried.secretsInUrl(`https://a.example/${text.slice(0, 262_144)}`),
  'secrecy/carried secretsSent': (text) =>
    carried.secretsSent({ url: 'https://a.example/', headers: [['cookie', text.slice(0, 65_536)]] }),
  'secrecy/looks findCredentials': looks.findCredentials,
  'secrecy/looks findTokens': looks.findTokens,
  'secrecy/looks hasToken': looks.hasToken,
  'secrecy/looks isCredentials': looks.isCredentials,
  'secrecy/looks replaceSpans': (text) => looks.replaceSpans(text, looks.findTokens(text), ''),
  'secrecy/mask hasUserInformation': mask.hasUserInformation,
  'secrecy/mask maskBody': (text) => [mask.maskBody(text, true), mask.maskBody(text, false)],
  'secrecy/mask maskUrl': (text) => mask.maskUrl(`https://a.example/?${text}`),
  'secrecy/mask namesFor': mask.namesFor,
  'secrecy/mask pairsIn': (text) => mask.pairsIn(text, 0, text.length, names.isSecretName),
  'secrecy/mask secretPairs': (text) => mask.secretPairs(`?${text}`, names.isSecretName),
  'secrecy/named-values findNamed': (text) => findNamed(text, names.isSecretParameter),
  'secrecy/named-values mentionsSecretIn': mentionsSecretIn,
  'secrecy/names isHandedOut': names.isHandedOut,
  'secrecy/names isSecretClaim': names.isSecretClaim,
  'secrecy/names isSecretHeader': names.isSecretHeader,
  'secrecy/names isSecretName': names.isSecretName,
  'secrecy/names isSecretParameter': names.isSecretParameter,
  'secrecy/names mentionsSecret': names.mentionsSecret,
  'app/accounts/kept-claims keptClaims': (text) => keptClaims({ note: text.slice(0, 262_144) }),
  'secrecy/redact maskHeaders': (text) => redact.maskHeaders([['x-any', text]]),
  'secrecy/redact redactBody': (text) => redact.redactBody(text, 'application/json'),
  'secrecy/redact redactHeader': (text) => redact.redactHeader('location', text),
  'secrecy/redact redactText': (text) => redact.redactText(text),
  'secrecy/redact redactTokens': redact.redactTokens,
  'secrecy/redact redactUrl': (text) => redact.redactUrl(`https://a.example/?${text}`),
  'secrecy/scrub createScrubber': (text) => scrub.text(text),
  'secrecy/scrub-thrown scrubThrown': (text) => scrubThrown(text, scrub),
  'secrecy/spellings spellingsOf': (text) => spellingsOf(text.slice(0, 16_384)),
  'secrecy/views viewsOf': (_text, bytes) => viewsOf(bytes, true),
  'templates/recognise fillBlanks': (text) => fillBlanks(text, {}),
  'templates/recognise recogniseTemplate': recogniseTemplate,
  'text/json-members jsonMembers': (_text, bytes) => [...jsonMembers(bytes)],
  'text/loopback-host isLoopbackHost': isLoopbackHost,
  'text/parse-json parseJson': parseJson,
  'text/parse-object isObject': isPlainObject,
  'text/parse-object parseObject': parseObject,
  'text/trim withoutEnd': (text) => withoutEnd(text, '=/ '),
  'text/trim withoutStart': (text) => withoutStart(text, '=/ '),
  'vault/box/bytes fromHex': bytesOf.fromHex,
  'vault/box/bytes fromUtf8': (_text, bytes) => bytesOf.fromUtf8(bytes),
  'vault/box/bytes utf8': bytesOf.utf8,
  'vault/box/sealed-format parseSealed': (_text, bytes) => parseSealed(bytes),
  'vault/guard/password parseHash': parseHash,
  'vault/guard/password readNewPassword': readNewPassword,
  'vault/guard/username foldUsername': (text) => foldUsername(text.slice(0, 10_000)),
  'vault/guard/username readUsername': readUsername,
}

function latin1(text: string): string {
  return text.slice(0, 60_000).replace(/[^\0-\xff]/g, '?')
}

/** Functions that are given text, but none from outside, or that only hand it on; each with the reason. Names, or a file with
 *  a star. */
export const notFromOutside: Record<string, string> = {
  'app/accounts/account-names unidentifiedSubject': 'counts',
  'app/accounts/account-view *': 'makes a view of what is stored; tokens go to inspectToken',
  'app/connections/find-behind-url findBehindUrl': 'hands on to readPastedUrl and discovery',
  'app/requests/exchange-secrets tokensCovered': 'counts',
  'app/sign-in/judge-callback notStored': 'looks at the kind of an error',
  'app/tokens/judge-id-token keysFor': 'compares a key id',
  'app/tokens/token-vault *': 'own ids',
  'app/vault/create-guarded-user createGuardedUser': 'hands on to readUsername and the password hash',
  'app/vault/prove-for-restore proveForRestore': 'a password',
  'checkup/item *': 'own words, and members of metadata that were checked',
  'contract/result fail': 'own words',
  'contract/tables/*': 'own words',
  'diagnosis/case *': 'hands on, or looks a header up',
  'http/origin isInsecure': 'one URL that was parsed before',
  'http/variables variableSecrets': 'hands on',
  'jwt/checks/check check': 'own words',
  'jwt/checks/check-hash checkHash': 'hands on to halfHash',
  'jwt/attacks/key-confusion *': 'tries keys of the provider on one token that was read',
  'jwt/keys/select-key selectKeys': 'compares key ids',
  'jwt/text/json-object member': 'one look-up',
  'jwt/text/json-object textMember': 'one look-up',
  'oauth/authorization/response-type partsOf': 'a word of a closed list',
  'oauth/client/*': 'own keys and addresses that were checked',
  'oauth/discovery/discover-resource discoverResource': 'hands on to readResourceMetadata',
  'oauth/discovery/registration registrationRequest': 'own settings',
  'oauth/endpoints/introspection introspectToken': 'hands on to callEndpoint',
  'oauth/endpoints/logout buildLogoutRequest': 'own addresses',
  'oauth/endpoints/revocation revokeToken': 'hands on to callEndpoint',
  'oauth/endpoints/userinfo fetchUserinfo': 'hands on to callEndpoint',
  'oauth/redirect/jarm checkSignedResponse': 'hands on to readSignedResponse and the library',
  'oauth/redirect/scheme-ping schemePing': 'own text',
  'oauth/token/*': 'reads its response by the library and providerText',
  'oauth/wire/encoding base64url': 'own random bytes and digests',
  'oauth/wire/fetch *': 'looks at the kind of an error',
  'secrecy/scrub coverSpans': 'the spans are ours',
  'secrecy/names hintsFor': 'what it is given is a function',
  'text/pacer createPacer': 'a clock',
  'text/expected-failure failureIn': 'looks at the kind of an error',
  'vault/box/bytes concat': 'own bytes',
  'vault/box/bytes framed': 'own bytes',
  'vault/box/bytes hex': 'own bytes',
  'vault/box/bytes sameBytes': 'own bytes',
  'vault/box/history-keys *': 'own keys and parts',
  'vault/box/open-vault *': 'own ids and a password',
  'vault/box/recover-vault *': 'a password',
  'vault/box/reseal *': 'own ids',
  'vault/box/sealed-format *': 'own keys and fields',
  'vault/box/wrap-key *': 'own keys',
  'vault/guard/guard-vault *': 'a password',
  'vault/guard/password checkPassword': 'hands on to scrypt',
  'vault/guard/password hashPassword': 'hands on to scrypt',
  'vault/guard/prove-password *': 'a password',
  'vault/guard/protection-words *': 'words of a closed list',
  'vault/guard/users *': 'hands on to readUsername',
  'vault/transfer/*': 'decrypts a file whose size was checked; its content is a schema’s',
}
