import type { RequestDraft } from '../../../src/core/contract/requests.ts'
import { originText } from '../../../src/core/collections/address.ts'
import { editName, nameIn } from '../../../src/core/collections/edit-name.ts'
import { editRequest } from '../../../src/core/collections/edit-request.ts'
import { editSeq, seqIn } from '../../../src/core/collections/info/edit-seq.ts'
import { placeOfCopy } from '../../../src/core/collections/info/order.ts'
import { editTags } from '../../../src/core/collections/info/edit-tags.ts'
import { fileNameFor } from '../../../src/core/collections/file-name.ts'
import * as newFiles from '../../../src/core/collections/new-files.ts'
import { readContainer, readDefaults } from '../../../src/core/collections/read-container.ts'
import { readEnvironment } from '../../../src/core/collections/scope/read-environment.ts'
import { isContainer, lookAt } from '../../../src/core/collections/look.ts'
import { readHead } from '../../../src/core/collections/read-head.ts'
import { readRequest } from '../../../src/core/collections/read-request.ts'
import { blockText, newLines, oneLine } from '../../../src/core/collections/scalar-text.ts'
import { hasTooMuchStructure } from '../../../src/core/collections/structure.ts'
import { headerText, headerTexts } from '../../../src/core/text/header-text.ts'
import { httpDate } from '../../../src/core/text/http-date.ts'
import { isFilePath } from '../../../src/core/text/collection-path.ts'
import { nameOfPath } from '../../../src/core/collections/tree.ts'
import { readYaml } from '../../../src/core/collections/yaml-file.ts'
import { isOwnCapture, isOwnCheck } from '../../../src/core/contract/tables/own-checks.ts'
import { isSame } from '../../../src/core/app/collections/sign-in/same-connection.ts'
import { leadsInward } from '../../../src/core/app/collections/sign-in/shared-draft.ts'
import {
  editContainerAuth,
  editContainerSettings,
} from '../../../src/core/collections/scope/edit-container.ts'
import { isSecretTaken } from '../../../src/core/secrecy/taken.ts'
import { bodyOf } from '../../../src/core/checks/look.ts'
import { captureValues, looksIntoBody } from '../../../src/core/checks/capture.ts'
import { fillCaptures, withoutResponse } from '../../../src/core/app/captures/fill-captures.ts'
import { editCaptures } from '../../../src/core/collections/captures/edit-captures.ts'
import { readExpression } from '../../../src/core/checks/expression.ts'
import { isHeavy, judgeChecks, unjudged } from '../../../src/core/checks/judge.ts'
import { wantedList, wantedPattern, wantedValue } from '../../../src/core/checks/wanted-value.ts'
import { editChecks } from '../../../src/core/collections/checks/edit-checks.ts'
import { editSettings } from '../../../src/core/collections/edit-settings.ts'
import { editRefusal } from '../../../src/core/collections/checks/edit-refusal.ts'
import { checkupMarkdown } from '../../../src/core/checkup/check-provider.ts'
import { readChallenges } from '../../../src/core/diagnosis/challenges.ts'
import { saysExpired } from '../../../src/core/diagnosis/by-time.ts'
import { bodyWords, saysNothing } from '../../../src/core/diagnosis/body-words.ts'
import { explainRefusal } from '../../../src/core/diagnosis/refusal.ts'
import { readAuthorization } from '../../../src/core/diagnosis/typed-header.ts'
import * as diagnosis from '../../../src/core/diagnosis/words.ts'
import { readData } from '../../../src/core/app/runs/read-data.ts'
import { termBytes, termText } from '../../../src/core/search/bytes.ts'
import { addWords, wordParts } from '../../../src/core/search/words.ts'
import { exchangeText, hostOf, summaryText } from '../../../src/core/http/exchange-text.ts'
import { readHistoryQuery } from '../../../src/core/app/history/history-query.ts'
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
import { charsetOf, charsetTrouble, decodeText, firstText, isText } from '../../../src/core/http/body-text.ts'
import { coverAnswer, findInBody } from '../../../src/core/http/cover-answer.ts'
import { createCoverStream } from '../../../src/core/http/cover-stream.ts'
import { tableOfCsv } from '../../../src/core/bodies/body-table.ts'
import { bodyType } from '../../../src/core/bodies/body-type.ts'
import { createCsvRecords, delimiterOf } from '../../../src/core/bodies/csv-records.ts'
import { createItemFilter } from '../../../src/core/bodies/item-filter.ts'
import { createSeenNames } from '../../../src/core/bodies/seen-names.ts'
import { csvCells, csvValues, jsonCells } from '../../../src/core/bodies/table-cells.ts'
import { createJsonFilter } from '../../../src/core/bodies/json-filter.ts'
import { readJsonPath } from '../../../src/core/bodies/json-path.ts'
import { createJsonLines, type Lines } from '../../../src/core/bodies/json-lines.ts'
import { shownText, type ReadBytes } from '../../../src/core/bodies/pieces.ts'
import { searchText } from '../../../src/core/bodies/search.ts'
import { createEventLines, createRecordLines, createTextLines } from '../../../src/core/bodies/text-lines.ts'
import {
  partWithin,
  pathFrom,
  wholePath,
  withWholePaths,
} from '../../../src/core/app/requests/scope/own-files.ts'
import { openPage } from '../../../src/core/app/requests/open-page.ts'
import { splitDraft, joinDraft, openName } from '../../../src/core/http/draft-secrets.ts'
import { prepareDraft } from '../../../src/core/http/draft.ts'
import { authTexts } from '../../../src/core/http/auth-texts.ts'
import { fileNameOf, typeOfFile } from '../../../src/core/http/file-types.ts'
import { withoutComments } from '../../../src/core/http/json-comments.ts'
import { encodeBody } from '../../../src/core/http/request-body.ts'
import { nextHop } from '../../../src/core/http/redirect.ts'
import { isExcepted, ruleFor } from '../../../src/core/network/excepted.ts'
import { readProxyAddress } from '../../../src/core/network/proxy-address.ts'
import { readAddress, readHost } from '../../../src/core/network/read-host.ts'
import { readProxyList } from '../../../src/core/network/proxy-list.ts'
import { folderOf, pathAfter, tagsByPath } from '../../../src/core/contract/tables/item-kinds.ts'
import {
  addressRows,
  addressText,
  inRows,
  partRow,
  partText,
  pathNames,
  querySpan,
  typedRow,
  withPathValues,
} from '../../../src/core/contract/tables/addresses.ts'
import { layeredVariables } from '../../../src/core/http/variable-layers.ts'
import { resolveDraft, withSecretHeaders } from '../../../src/core/http/variables.ts'
import { lintToken } from '../../../src/core/jwt/checks/lint-token.ts'
import { halfHash } from '../../../src/core/jwt/checks/check-hash.ts'
import { checkIssuer } from '../../../src/core/jwt/checks/check-issuer.ts'
import { answerMembers, errorAsForm, ownWords } from '../../../src/core/oauth/wire/own-words.ts'
import { fillHole, hasHole, mayFill, withHoleFilled } from '../../../src/core/text/issuer-hole.ts'
import { withDefaultScheme } from '../../../src/core/text/default-scheme.ts'
import { variableNames } from '../../../src/core/text/variable-names.ts'
import { readCookie } from '../../../src/core/http/read-cookie.ts'
import { cookieHeader, openJar, takeCookies } from '../../../src/core/http/cookie-jar.ts'
import { covered, withCredentialQuery, withKeptCookies } from '../../../src/core/http/carry-credential.ts'
import type { CarriedCredential } from '../../../src/core/http/wire.ts'
import { resolveText } from '../../../src/core/http/variables.ts'
import { namesVariable } from '../../../src/core/oauth/client/further.ts'
import { scopeParameter } from '../../../src/core/oauth/authorization/request-settings.ts'
import { asWritten } from '../../../src/core/oauth/wire/as-written.ts'
import { compareTokens } from '../../../src/core/jwt/compare/compare-tokens.ts'
import { comparisonWords } from '../../../src/core/jwt/compare/comparison-words.ts'
import { coverClaims } from '../../../src/core/jwt/share/covered-claims.ts'
import { code, prose, table } from '../../../src/core/jwt/share/markdown.ts'
import { shareToken } from '../../../src/core/jwt/share/share-token.ts'
import { isPersonalClaim } from '../../../src/core/secrecy/personal.ts'
import { memberChanges, without } from '../../../src/core/jwt/compare/member-changes.ts'
import {
  exactData,
  exactItem,
  exactText,
  itemsOf,
  laidOut,
  rememberWritten,
  writtenMember,
  writtenObject,
} from '../../../src/core/text/written.ts'
import { appendToQuery, dropFromQuery, queryOf, queryOnWire } from '../../../src/core/text/query.ts'
import { comparedWith, quoted } from '../../../src/core/jwt/checks/check.ts'
import { nameAlgorithm } from '../../../src/core/jwt/attacks/algorithm-attacks.ts'
import { nameEncrypted } from '../../../src/core/jwt/attacks/encrypted-attacks.ts'
import { entraV1Issuer } from '../../../src/core/text/entra-issuer.ts'
import { holderKeyIn } from '../../../src/core/jwt/keys/holder-key.ts'
import { nameSerialized } from '../../../src/core/jwt/attacks/json-attacks.ts'
import { readWhole } from '../../../src/core/jwt/explain/read-whole.ts'
import { isUnencoded, jwsOf, readSignedJson, withPayload } from '../../../src/core/jwt/text/signed-json.ts'
import { disguiseOf } from '../../../src/core/jwt/attacks/key-attacks.ts'
import * as tricks from '../../../src/core/jwt/attacks/text-tricks.ts'
import { isPersonalText, isSecretText } from '../../../src/core/secrecy/claim-values.ts'
import { nameSignature } from '../../../src/core/jwt/attacks/signature-attacks.ts'
import { elsewhere } from '../../../src/core/jwt/explain/dialects.ts'
import { algorithmNone, spellsNone } from '../../../src/core/jwt/attacks/named.ts'
import { takeOffSurroundings } from '../../../src/core/jwt/checks/surroundings.ts'
import { explainClient, explainScope } from '../../../src/core/jwt/explain/claims-registered.ts'
import { inspectToken } from '../../../src/core/jwt/explain/inspect-token.ts'
import { readEncryptedJson } from '../../../src/core/jwt/encryption/encrypted-json.ts'
import { openEncrypted } from '../../../src/core/jwt/encryption/open-encrypted.ts'
import type { GivenKey } from '../../../src/core/jwt/keys/given-key.ts'
import { readPart } from '../../../src/core/jwt/make/token-draft.ts'
import { tokenParts } from '../../../src/core/jwt/make/token-parts.ts'
import { isNone, jwsAlgorithm } from '../../../src/core/jwt/keys/algorithms.ts'
import { inBase64url } from '../../../src/core/jwt/keys/jwk.ts'
import { keyFault } from '../../../src/core/jwt/keys/key-fault.ts'
import { integerOf, modulusBits, rsaWeakness } from '../../../src/core/jwt/keys/rsa-weakness.ts'
import * as base64url from '../../../src/core/jwt/text/base64url.ts'
import { readCompactJws, readSegment, splitCompact } from '../../../src/core/jwt/text/compact.ts'
import { decodeToken } from '../../../src/core/jwt/text/decode.ts'
import { parseDisclosure, readDisclosures } from '../../../src/core/jwt/text/disclosures.ts'
import { reassemble } from '../../../src/core/jwt/text/reassemble.ts'
import { tokensInAnswer } from '../../../src/core/app/requests/held/answer-tokens.ts'
import { compactTokensIn, findTokens as findTokensIn } from '../../../src/core/jwt/text/find-tokens.ts'
import { salvageObject } from '../../../src/core/jwt/text/json-object.ts'
import { textParts } from '../../../src/core/jwt/text/text-parts.ts'
import { unwrapped } from '../../../src/core/jwt/text/unwrap.ts'
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
import { formMayEndAt } from '../../../src/core/oauth/redirect/form-action.ts'
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
import { coverBytes, spansFrom } from '../../../src/core/http/cover-bytes.ts'
import * as looks from '../../../src/core/secrecy/looks.ts'
import * as mask from '../../../src/core/secrecy/mask.ts'
import { findNamed, mentionsSecretIn } from '../../../src/core/secrecy/named-values.ts'
import * as names from '../../../src/core/secrecy/names.ts'
import { keptClaims } from '../../../src/core/app/accounts/kept-claims.ts'
import * as redact from '../../../src/core/secrecy/redact.ts'
import { scrubThrown } from '../../../src/core/secrecy/scrub-thrown.ts'
import { createScrubber } from '../../../src/core/secrecy/scrub.ts'
import { spellingsOf } from '../../../src/core/secrecy/spellings.ts'
import { unescaped } from '../../../src/core/secrecy/unescaped.ts'
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

/** A secret that opens what is encrypted directly. */
const tested: GivenKey = {
  from: 'secret',
  says: 'a secret',
  secret: new Uint8Array(32),
  algorithms: [],
  encryption: ['dir'],
  assumed: false,
  accepted: [],
}

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
const rowOf = (url: string) => ({ id: 'a', userId: 'u', at: 0, method: 'GET', url })
const check = (text: string) => ({ expression: 'res.body', operator: 'contains', value: text, enabled: true })
const answered = {
  status: 200,
  statusText: 'OK',
  headers: [],
  contentType: 'text/plain',
  body: new Uint8Array(),
  wireSize: 0,
  truncated: false,
  url: 'https://api.example/',
  method: 'GET',
  hops: [],
  tokenSent: true,
  sentHeaders: [],
  timing: { waiting: 0, receiving: 0, total: 0 },
}
const captureOf = (text: string) => ({
  name: text,
  expression: text,
  scope: 'runtime' as const,
  enabled: true,
})
const judged = { status: 200, statusText: 'OK', url: 'https://a.example', headers: [], time: 1 }
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

/** The first half, third … of a text, where it is given more than once or grows on the way. */
function part(text: string, of: number): string {
  return text.slice(0, text.length / of)
}

/** JSON of at most one megabyte: a lone surrogate takes six characters. */
function asJson(value: { text: string } | string[]): string {
  const json = JSON.stringify(value)
  if (json.length <= 1_000_100) return json
  return JSON.stringify(
    Array.isArray(value) ? value.map((text) => part(text, 6)) : { text: part(value.text, 6) },
  )
}

const credential: CarriedCredential = {
  type: 'Bearer',
  text: 'a-token-of-some-length',
  allowInsecure: false,
  further: [
    { where: 'header', name: 'X-Key', value: 'a-key-of-some-length', secret: true },
    { where: 'parameter', name: 'key', value: 'a-key-of-some-length', secret: true },
  ],
}

const jarOf = () => {
  const jar = openJar(undefined)
  if (!jar.ok) throw new Error(jar.error.code)
  return jar.value
}

/** Every function of the core that is given text or bytes from outside, called with it. By file and name. */
export const textFunctions: Record<string, Call> = {
  'app/flows/flow-recorder discoveryFacts': discoveryFacts,
  'app/requests/exchange-secrets knownSecrets': (text, bytes) =>
    knownSecrets(request(text, bytes), new Map(), []),
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
  'diagnosis/body-words bodyWords': (text) =>
    bodyWords({ status: 401, url: 'https://api.example', headers: [], bodyText: text, now: 0 }, undefined),
  'diagnosis/body-words saysNothing': saysNothing,
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
  'http/body-text charsetTrouble': (text, bytes) =>
    charsetTrouble(bytes, `text/plain; charset=${text}`, false),
  'http/body-text decodeText': (text, bytes) => decodeText(bytes, text),
  'http/body-text firstText': (text, bytes) => firstText(bytes, text),
  'http/body-text charsetOf': (text, bytes) => charsetOf(bytes, text),
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
  'contract/tables/item-kinds tagsByPath': (text) => tagsByPath([{ path: text, tags: [text] }]),
  'contract/tables/addresses addressRows': (text) => [
    addressRows(text),
    addressRows(`?${text}`, addressRows(text.replaceAll('&', '?')).query),
  ],
  'contract/tables/addresses addressText': (text) => addressText(addressRows(text)),
  'contract/tables/addresses inRows': (text) => inRows({ url: text, query: [partRow(text)] }),
  'contract/tables/addresses partRow': partRow,
  'contract/tables/addresses partText': (text) => partText({ name: text, value: text }),
  'contract/tables/addresses querySpan': querySpan,
  'contract/tables/addresses typedRow': (text) => typedRow(partRow(''), { name: text, value: text }),
  'contract/tables/addresses pathNames': pathNames,
  'contract/tables/addresses withPathValues': (text) =>
    withPathValues(text, new Map(pathNames(text).map((name) => [name, name]))),
  'http/variable-layers layeredVariables': (text) =>
    layeredVariables([{ values: new Map([['a', { value: text, secret: false }]]), expands: true }]).get('a'),
  'http/draft prepareDraft': (text) => prepareDraft(draft(text.slice(0, 100_000)), () => 'b'),
  'http/file-types fileNameOf': fileNameOf,
  'http/file-types typeOfFile': typeOfFile,
  'http/json-comments withoutComments': (text) => [
    withoutComments(text),
    withoutComments(`{//${text}`),
    withoutComments(`/*${text}`),
  ],
  'http/request-body encodeBody': (text) => {
    const boundary = () => 'b'
    const parts = [{ name: text, value: text, enabled: true, files: [text], contentType: text }]
    return [
      encodeBody({ kind: 'json', text }, boundary, []),
      encodeBody({ kind: 'multipart', parts }, boundary, []),
      encodeBody({ kind: 'graphql', query: text, variables: `{${text}` }, boundary, []),
    ]
  },
  'http/auth-texts authTexts': (text) => authTexts({ kind: 'bearer', token: text }, (_field, each) => each),
  // A megabyte in all of its places together.
  'http/draft-secrets joinDraft': (text) => {
    const part = text.slice(0, 209_715)
    return joinDraft(draft(part), { url: part })
  },
  'app/requests/open-page openPage': openPage,
  'app/requests/scope/own-files partWithin': (text) => partWithin(`/${text}`, text),
  'app/requests/scope/own-files pathFrom': (text) => pathFrom(text, `${text}/a`),
  'app/requests/scope/own-files withWholePaths': (text) =>
    withWholePaths({ ...draft(''), body: { kind: 'file', path: text, contentType: '' } }, `/${text}`),
  'app/requests/scope/own-files wholePath': (text) => wholePath(`/${text}`, `a${text}`),
  'collections/address originText': originText,
  'collections/info/order placeOfCopy': (text) => placeOfCopy([{ path: text, seq: 1 }, { path: 'b' }], text),
  'collections/edit-name editName': (text) => [editName(text, 'a'), editName('info: {name: a}', text)],
  'collections/edit-name nameIn': nameIn,
  'collections/edit-request editRequest': (text) => {
    const read = readRequest('info:\n  type: http\nhttp:\n  method: GET\n  url: x\n')
    if (read.ok) editRequest(read.request, text.slice(0, 200), draft(text.slice(0, 100_000)))
  },
  'collections/checks/edit-checks editChecks': (text) =>
    editChecks('info:\n  type: http\nhttp:\n  method: GET\n  url: x\n', [check(text.slice(0, 100_000))]),
  'collections/checks/edit-refusal editRefusal': editRefusal,
  'collections/captures/edit-captures editCaptures': (text) => [
    editCaptures('info:\n  type: http\nhttp:\n  method: GET\n  url: x\n', [
      captureOf(text.slice(0, 100_000)),
    ]),
    editCaptures(text, [captureOf('res.body.a')]),
  ],
  'collections/scope/edit-container editContainerAuth': (text) => [
    editContainerAuth('info:\n  name: a\n', { kind: 'bearer', token: text.slice(0, 100_000) }),
    editContainerAuth(text, { kind: 'none' }),
  ],
  'collections/scope/edit-container editContainerSettings': (text) =>
    editContainerSettings(text, { timeout: 1 }),
  'oauth/discovery/connect-url redirectIn': pasted.redirectIn,
  'app/collections/sign-in/same-connection isSame': (text) => isSame(text, `https://a.example/${text}`),
  'app/collections/sign-in/shared-draft leadsInward': (text) => leadsInward([text, 'a.example']),
  'secrecy/taken isSecretTaken': (text) =>
    isSecretTaken({ value: text, name: text, from: { members: [text] } }, (each) => each),
  'checks/look bodyOf': (text) => bodyOf(text)(),
  'contract/tables/own-checks isOwnCapture': (text) => isOwnCapture({ expression: text }),
  'checks/capture looksIntoBody': (text) => looksIntoBody(captureOf(text)),
  'checks/capture captureValues': (text) => [
    captureValues([captureOf(text)], { ...judged, body: '{}' }),
    captureValues([captureOf('res.body.a')], { ...judged, body: text }),
    captureValues([captureOf('res.body.a')], { ...judged, body: `{"a":"${text}",1234567890123456` }),
  ],
  'app/captures/fill-captures fillCaptures': (text) =>
    fillCaptures([captureOf('res.headers.a'), captureOf(text)], {
      answer: { ...answered, headers: [['a', text]] },
      body: { reason: '' },
      scope: undefined,
      cover: (each) => each,
      beside: async () => undefined,
    }),
  'app/captures/fill-captures withoutResponse': (text) => withoutResponse([captureOf(text)], undefined),
  'contract/tables/own-checks isOwnCheck': (text) => isOwnCheck({ expression: text }),
  'checks/expression readExpression': (text) => [
    readExpression(text),
    readExpression(`res.body.${text}`),
    readExpression(`res('${text}')`),
  ],
  'checks/wanted-value wantedValue': wantedValue,
  'checks/wanted-value wantedList': wantedList,
  'checks/wanted-value wantedPattern': (text) => wantedPattern(text.slice(0, 16_384)),
  'checks/judge isHeavy': (text) => isHeavy(check(text)),
  'checks/judge unjudged': (text) => unjudged(check(text), text),
  'checks/judge judgeChecks': (text) => judgeChecks([check(text)], { ...judged, body: text }),
  'app/runs/read-data readData': async (text) => [
    await readData({ name: 'a', kind: 'csv', text }),
    await readData({ name: 'a', kind: 'json', text }),
  ],
  'app/history/history-query readHistoryQuery': (text) => readHistoryQuery(text, 0).fits(rowOf(text)),
  'collections/info/edit-seq editSeq': (text) => [editSeq(text, 3), editSeq(text, undefined)],
  'collections/info/edit-seq seqIn': seqIn,
  'search/words addWords': (text) => addWords(text, new Set(), 1_024, new Set()),
  'search/words wordParts': wordParts,
  'search/bytes termBytes': termBytes,
  'search/bytes termText': (text) => termText(termBytes(text)),
  'http/exchange-text hostOf': hostOf,
  'http/exchange-text summaryText': (text) => summaryText(rowOf(text)),
  'http/exchange-text exchangeText': (text) =>
    exchangeText({ sent: { headers: [[text, text]], bodySize: 1, bodyText: text } }, () => text),
  'collections/info/edit-tags editTags': (text) => [
    editTags(text, ['a']),
    editTags('info: {name: a}', [text]),
  ],
  'collections/file-name fileNameFor': (text) => fileNameFor(text, '.yml', [text]),
  'collections/new-files newCollection': newFiles.newCollection,
  'collections/new-files newFolder': newFiles.newFolder,
  'collections/new-files newRequest': newFiles.newRequest,
  'collections/new-files newEnvironment': newFiles.newEnvironment,
  'collections/read-container readContainer': readContainer,
  'collections/read-container readDefaults': readDefaults,
  'collections/scope/read-environment readEnvironment': readEnvironment,
  'collections/read-head readHead': readHead,
  'collections/look lookAt': (text) => [lookAt('one.yml', text, true), lookAt('folder.yml', text, false)],
  'collections/look isContainer': isContainer,
  'collections/read-request readRequest': readRequest,
  'collections/scalar-text blockText': (text) => blockText(text, { indent: 2, header: text, eol: '\n' }),
  'collections/edit-settings editSettings': (text) =>
    editSettings(`info:\n  type: http\n  # ${text.slice(0, 100_000)}\nhttp:\n  method: GET\n  url: x\n`, {
      timeout: 5,
    }),
  'collections/scalar-text newLines': (text) => newLines([['a', text]], 0, '\n'),
  'collections/scalar-text oneLine': (text) => oneLine(text, null, false),
  'collections/structure hasTooMuchStructure': hasTooMuchStructure,
  'collections/tree nameOfPath': nameOfPath,
  'contract/tables/item-kinds folderOf': folderOf,
  'contract/tables/item-kinds pathAfter': (text) => pathAfter(`${text}/a`, { from: text, to: 'b' }),
  'text/collection-path isFilePath': isFilePath,
  'collections/yaml-file readYaml': readYaml,
  'http/draft-secrets openName': (text) => openName(text, { ...draft(text), query: [] }),
  'http/draft-secrets splitDraft': (text) => splitDraft(draft(text.slice(0, 250_000))),
  'http/carry-credential withCredentialQuery': (text) =>
    withCredentialQuery(`https://api.example/?${text}`, credential),
  'http/carry-credential covered': (text) => covered([['x', text]], credential),
  'text/variable-names variableNames': variableNames,
  'http/cookie-jar openJar': openJar,
  'http/read-cookie readCookie': readCookie,
  'http/cookie-jar cookieHeader': (text) =>
    cookieHeader(jarOf(), `https://a.example/${text.slice(0, 16_384)}`),
  'http/cookie-jar takeCookies': (text) =>
    takeCookies(jarOf(), 'https://a.example/', [text, text.slice(0, 8_192)]),
  'http/carry-credential withKeptCookies': (text, bytes) => withKeptCookies(request(text, bytes), text),
  'network/excepted isExcepted': (text) => isExcepted('https://a.example', [text, ...text.split(',', 200)]),
  'network/excepted ruleFor': (text) => ruleFor('https://a.example', [{ host: text }]),
  'network/read-host readHost': readHost,
  'network/read-host readAddress': readAddress,
  'text/default-scheme withDefaultScheme': withDefaultScheme,
  'network/proxy-address readProxyAddress': readProxyAddress,
  'network/proxy-list readProxyList': readProxyList,
  'text/http-date httpDate': httpDate,
  'text/header-text headerText': (text, bytes) => [
    headerText(text),
    headerText(new TextDecoder('latin1').decode(bytes)),
  ],
  'text/header-text headerTexts': (text) => headerTexts([[text, text]]),
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
  'text/written rememberWritten': (text) => rememberWritten({}, asJson({ text })),
  'text/written writtenMember': (text) => writtenMember({}, text, part(text, 6)),
  'text/written writtenObject': (text) => writtenObject({ [part(text, 8)]: part(text, 8) }),
  'text/written laidOut': (text) => laidOut(asJson({ text })),
  'text/written itemsOf': (text) => itemsOf(asJson([text])),
  'text/written exactData': (text) => exactData(asJson({ text })),
  'text/written exactItem': exactItem,
  'text/written exactText': (text) => exactText({ text }),
  'jwt/share/markdown prose': prose,
  'jwt/share/markdown code': code,
  'jwt/share/markdown table': (text) => table([part(text, 2)], [[part(text, 4)], [part(text, 4)]]),
  'jwt/share/covered-claims coverClaims': (text) =>
    coverClaims([{ name: part(text, 2), text: part(text, 2), kind: 'json', says: '' }]),
  'jwt/share/share-token shareToken': async (text) =>
    shareToken(await inspectToken(part(text, 2), { now: 0 }), { now: 0, disclosures: 0 }),
  'secrecy/personal isPersonalClaim': isPersonalClaim,
  'jwt/compare/compare-tokens compareTokens': (text) =>
    compareTokens(
      { token: decodeToken(text), disclosures: readDisclosures([part(text, 4)]) },
      { token: decodeToken(part(text, 2)), disclosures: [] },
    ),
  'jwt/compare/comparison-words comparisonWords': (text) =>
    comparisonWords(decodeToken(text), decodeToken(part(text, 2)), {
      header: { changes: [], same: [] },
      claims: { changes: [], same: [] },
    }),
  'jwt/compare/member-changes memberChanges': (text) =>
    memberChanges(
      { a: part(text, 4), list: part(text, 50).split('') },
      { a: part(text, 8), list: part(text, 4).split(' ', 5_000) },
    ),
  'jwt/compare/member-changes without': (text) =>
    without(part(text, 20).split(''), part(text, 2).split(' ', 5_000)),
  'text/query appendToQuery': (text) => appendToQuery(part(text, 3), [[part(text, 3), part(text, 3)]]),
  'text/query queryOf': queryOf,
  'text/query queryOnWire': queryOnWire,
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
  'jwt/keys/jwk inBase64url': (text) => inBase64url({ kty: 'RSA', n: text, e: `${text}=` }),
  'jwt/keys/key-fault keyFault': (text) => keyFault(new Error(text), { kty: 'RSA', n: text, e: text }, text),
  'jwt/keys/algorithms jwsAlgorithm': jwsAlgorithm,
  'jwt/keys/rsa-weakness modulusBits': (text) => modulusBits({ n: text }),
  'jwt/keys/rsa-weakness integerOf': integerOf,
  'jwt/keys/rsa-weakness rsaWeakness': (text) => rsaWeakness({ kty: 'RSA', n: text, e: text }),
  'jwt/explain/claims-registered explainClient': (text) => explainClient(text, { now: 0 }),
  'jwt/explain/claims-registered explainScope': (text) => explainScope(text, { now: 0 }),
  'jwt/text/base64url decodeBase64url': base64url.decodeBase64url,
  'jwt/text/base64url encodeBase64url': (_text, bytes) => base64url.encodeBase64url(bytes),
  'jwt/text/base64url salvageBase64url': base64url.salvageBase64url,
  'jwt/text/compact readCompactJws': readCompactJws,
  'jwt/text/compact readSegment': (_text, bytes) => readSegment(bytes, 'payload', 0),
  'jwt/text/compact splitCompact': (text) => splitCompact(text.split('.', 6), 0),
  'jwt/attacks/algorithm-attacks nameAlgorithm': (text) => nameAlgorithm({ alg: text }),
  'jwt/attacks/encrypted-attacks nameEncrypted': (text) =>
    nameEncrypted({ alg: 'dir', enc: 'A256GCM', kid: text }, ['', text, text, text, text]),
  'text/entra-issuer entraV1Issuer': entraV1Issuer,
  'jwt/keys/holder-key holderKeyIn': holderKeyIn,
  'jwt/attacks/json-attacks nameSerialized': (text) => nameSerialized(text, decodeToken('x')),
  'jwt/explain/read-whole readWhole': (text) => readWhole(text, { json: text, payload: text }),
  'jwt/text/signed-json isUnencoded': isUnencoded,
  'jwt/text/signed-json jwsOf': (text) => jwsOf({ text }),
  'jwt/text/signed-json readSignedJson': readSignedJson,
  'jwt/text/signed-json withPayload': (text) =>
    withPayload(decodeToken(`${btoa('{"alg":"HS256"}')}..c2ln`), text),
  'jwt/attacks/key-attacks disguiseOf': disguiseOf,
  'jwt/attacks/text-tricks readable': tricks.readable,
  'jwt/attacks/text-tricks latin': tricks.latin,
  'jwt/attacks/text-tricks isDisguised': tricks.isDisguised,
  'secrecy/claim-values isSecretText': isSecretText,
  'secrecy/claim-values isPersonalText': isPersonalText,
  'jwt/attacks/named algorithmNone': algorithmNone,
  'jwt/attacks/named spellsNone': spellsNone,
  'jwt/attacks/signature-attacks nameSignature': (_text, bytes) => nameSignature({ alg: 'ES256' }, bytes),
  'jwt/explain/dialects elsewhere': elsewhere,
  'jwt/text/decode decodeToken': decodeToken,
  'jwt/text/disclosures readDisclosures': (text) => readDisclosures([text]),
  'jwt/text/disclosures parseDisclosure': parseDisclosure,
  'jwt/text/reassemble reassemble': (text) => reassemble({ _sd: [text], list: [{ '...': text }] }, [text]),
  'app/requests/held/answer-tokens tokensInAnswer': (text) =>
    tokensInAnswer({ headers: [['X-Token', text]], body: new TextEncoder().encode(text) }, () => false),
  'jwt/text/find-tokens compactTokensIn': compactTokensIn,
  'jwt/text/find-tokens findTokens': findTokensIn,
  'jwt/text/json-object salvageObject': salvageObject,
  'jwt/text/text-parts textParts': (text) => textParts(text, text, decodeToken(text)),
  'jwt/text/unwrap unwrapped': unwrapped,
  'jwt/encryption/encrypted-json readEncryptedJson': (text) => readEncryptedJson(text, text),
  'jwt/encryption/open-encrypted openEncrypted': (text) => openEncrypted(text, tested),
  'jwt/make/token-draft readPart': (text) => readPart(text, 'payload'),
  'jwt/make/token-parts tokenParts': tokenParts,
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
  'oauth/redirect/form-action formMayEndAt': (text) =>
    formMayEndAt('app.gatehouse.desktop:/oauth/callback', {
      page: 'https://login.example/',
      policies: `form-action ${text}`,
    }),
  'oauth/redirect/front-channel withoutTokens': (text) => withoutTokens([[text, text]]),
  'oauth/redirect/jarm readSignedResponse': readSignedResponse,
  'oauth/redirect/redirect-address findCallbackUrl': (text) => findCallbackUrl([text]),
  'oauth/redirect/scheme-ping isSchemePing': isSchemePing,
  'oauth/redirect/scheme-ping readSchemePing': readSchemePing,
  'oauth/token/token-answer scopeAsGranted': (text) => scopeAsGranted(text, text),
  'oauth/token/token-answer softenTokenAnswer': (text) =>
    softenTokenAnswer({ expires_in: text, token_type: text, scope: text }),
  'oauth/wire/encoding equalTexts': (text) => encoding.equalTexts(text, text),
  'oauth/wire/encoding fromBase64url': encoding.fromBase64url,
  'oauth/wire/encoding sha256Base64url': encoding.sha256Base64url,
  'oauth/wire/endpoint-url checkEndpointUrl': (text) => checkEndpointUrl(text, { allowInsecure: false }),
  'oauth/wire/provider-text providerText': (text) => providerText(text),
  'oauth/wire/provider-text providerWords': (text) => providerWords(() => text),
  'oauth/wire/retry-after retryAfterSeconds': (text) => retryAfterSeconds(text, 0),
  'bodies/json-scan createJsonScan': (_text, bytes) => linesIn(bytes, createJsonLines),
  'bodies/body-type bodyType': (text, bytes) => [bodyType(bytes, text), bodyType(bytes, '')],
  'bodies/json-path readJsonPath': readJsonPath,
  'bodies/json-filter createJsonFilter': (_text, bytes) => {
    const path = readJsonPath('$..a[0:9]..*')
    if (!path.ok) return
    const read: ReadBytes = (from, to) => bytes.subarray(from, to)
    createJsonFilter(path.value.segments, read, () => undefined).push(bytes, 0)
  },
  'bodies/item-filter createItemFilter': (_text, bytes) => {
    const path = readJsonPath('$.a[?@.b]')
    if (!path.ok) return
    const read: ReadBytes = (from, to) => bytes.subarray(from, to)
    createItemFilter(path.value, read, { found: () => undefined, findPaths: () => [] }).push(bytes, 0)
  },
  'bodies/csv-records createCsvRecords': (_text, bytes) =>
    linesIn(bytes, (read) => createCsvRecords(read, ',')),
  'bodies/csv-records delimiterOf': (text) => [delimiterOf(text, true), delimiterOf(text, false)],
  'bodies/body-table tableOfCsv': (_text, bytes) => {
    const read: ReadBytes = (from, to) => bytes.subarray(from, to)
    const records = createCsvRecords(read, ',')
    for (let at = 0; at < bytes.length; at += 262_144) records.push(bytes.subarray(at, at + 262_144), at)
    return tableOfCsv(read, records, { delimiter: ',', charset: undefined }).page(0, 9)
  },
  'bodies/table-cells jsonCells': (_text, bytes) => [jsonCells(bytes), jsonCells(bytes, true)],
  'bodies/table-cells csvValues': (text) => csvValues(text, ','),
  'bodies/table-cells csvCells': (text) => csvCells([text], () => text),
  'bodies/seen-names createSeenNames': (_text, bytes) => createSeenNames().isTwice(0, bytes, 0, bytes.length),
  'bodies/search searchText': (_text, bytes) => {
    const search = searchText({ text: 'abcab', matchCase: false })
    for (let at = 0; at < bytes.length; at += 262_144)
      search.push(bytes.subarray(at, at + 262_144), at, () => undefined)
  },
  'bodies/pieces shownText': (_text, bytes) => shownText(bytes),
  'bodies/text-lines createTextLines': (_text, bytes) => linesIn(bytes, createTextLines),
  'bodies/text-lines createRecordLines': (_text, bytes) => linesIn(bytes, createRecordLines),
  'bodies/text-lines createEventLines': (_text, bytes) => linesIn(bytes, createEventLines),
  'http/cover-stream createCoverStream': (_text, bytes) => {
    const stream = createCoverStream({ find: looks.findTokens, scrub })
    for (let at = 0; at < bytes.length; at += 262_144) stream.push(bytes.subarray(at, at + 262_144))
    return stream.end()
  },
  'http/cover-bytes spansFrom': (_text, bytes) => spansFrom(bytes, 0, bytes.length, looks.findTokens),
  'http/cover-answer findInBody': (text, bytes) => findInBody(bytes, 'text/plain', new Map())?.(text),
  'http/cover-bytes coverBytes': (_text, bytes) =>
    coverBytes(bytes, looks.findTokens, scrub, { isDue: () => false, turn: () => Promise.resolve() }),
  'secrecy/automaton createAutomaton': (_text, bytes) =>
    createAutomaton(secrets.map((secret) => new TextEncoder().encode(secret))).search(bytes, anything),
  'secrecy/carried secretsAnswered': (text) =>
    carried.secretsAnswered([['set-cookie', text.slice(0, 65_536)]], text.slice(0, 262_144)),
  'secrecy/carried secretsInBody': (text) => carried.secretsInBody(text.slice(0, 500_000)),
  'secrecy/carried secretsInUrl': (text) =>
    carried.secretsInUrl(`https://a.example/${text.slice(0, 262_144)}`),
  'secrecy/carried secretsOnWay': (text) =>
    carried.secretsOnWay({ proxy: { credentials: { username: 'a', password: text } } }),
  'secrecy/carried secretsSent': (text) =>
    carried.secretsSent({ url: 'https://a.example/', headers: [['cookie', text.slice(0, 65_536)]] }),
  'secrecy/looks findCredentials': looks.findCredentials,
  'secrecy/looks findTokens': looks.findTokens,
  'secrecy/looks hasToken': looks.hasToken,
  'secrecy/looks isCredentials': looks.isCredentials,
  'secrecy/looks isVariable': looks.isVariable,
  'secrecy/looks tokenTexts': looks.tokenTexts,
  'secrecy/looks replaceSpans': (text) => looks.replaceSpans(text, looks.findTokens(text), ''),
  'secrecy/mask hasUserInformation': mask.hasUserInformation,
  'secrecy/mask maskBody': (text) => [mask.maskBody(text, true), mask.maskBody(text, false)],
  'secrecy/mask maskUrl': (text) => mask.maskUrl(`https://a.example/?${text}`),
  'secrecy/mask namesFor': mask.namesFor,
  'secrecy/mask pairsIn': (text) => mask.pairsIn(text, 0, text.length, names.isSecretName),
  'secrecy/mask userInformation': mask.userInformation,
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
  'secrecy/unescaped unescaped': unescaped,
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
/** Looks a body through as it comes, and reads lines of it at both ends. */
function linesIn(bytes: Uint8Array, make: (read: ReadBytes) => Lines): string[] {
  const lines = make((from, to) => bytes.subarray(from, to))
  for (let at = 0; at < bytes.length; at += 262_144) lines.push(bytes.subarray(at, at + 262_144), at)
  lines.end()
  return [...lines.rows(0, 200), ...lines.rows(Math.max(0, lines.count() - 200), lines.count())]
}

export const notFromOutside: Record<string, string> = {
  'app/collections/sign-in/shared-sign-ins accountKey': 'own ids',
  'app/collections/sign-in/shared-sign-ins isFitSecret': 'counts',
  'collections/sign-in/sign-in-file signInOf': 'looks into a file that was read',
  'app/accounts/account-names unidentifiedSubject': 'counts',
  'app/accounts/account-view *': 'makes a view of what is stored; tokens go to inspectToken',
  'app/connections/find-behind-url findBehindUrl': 'hands on to readPastedUrl and discovery',
  'app/connections/stock-seen stockSeen': 'own ids',
  'app/requests/long/arrival keptOf': 'counts',
  'app/requests/exchange-secrets tokensCovered': 'counts',
  'app/requests/progress-teller createProgressTeller': 'own ids',
  'bodies/json-path isWanted': 'compares',
  'bodies/pieces readOn': 'hands each piece on',
  'app/sign-in/judge-callback notStored': 'looks at the kind of an error',
  'jwt/text/reassemble digestText': 'hands on to Web Crypto',
  'jwt/checks/check-disclosures checkPresentation': 'hands on to digestText',
  'app/tokens/judge-id-token keysFor': 'compares a key id',
  'app/tokens/judge-id-token keysToDoubt': 'compares a key id',
  'app/tokens/token-vault *': 'own ids',
  'app/network/check-proxy passwordFor': 'compares what a person typed; the contract limits it',
  'app/network/open-network networkPlace': 'own ids, and a document of ours',
  'app/vault/create-guarded-user createGuardedUser': 'hands on to readUsername and the password hash',
  'app/vault/prove-for-restore proveForRestore': 'a password',
  'jwt/attacks/named named': 'own words',
  'jwt/encryption/key-wrap *': 'a word of a closed list',
  'jwt/encryption/key-management *': 'looks names up in a closed list',
  'jwt/make/critical *': 'a header that was read by readPart',
  'jwt/make/disclose disclose': 'a payload that was read by readPart',
  'jwt/make/encrypt-token *': 'a payload that was read by readPart, and jose',
  'jwt/make/sign-token *': 'a payload that was read by readPart, and jose',
  'app/collections/fresh-request freshRequest': 'a name that the contract limits',
  'app/collections/move-plan topmost': 'paths of a folder, which the contract limits',
  'app/collections/move-plan isGone': 'makes a sentence of a path, which the contract limits',
  'collections/tree-entries treeEntries': 'files that readYaml took',
  'app/collections/folder-reader createFolderReader': 'a folder that was opened; its files go to readYaml',
  'collections/info/edit-info editInfo': 'hands on to readYaml',
  'app/collections/scope/*': 'files that readYaml took, and names that the contract limits',
  'collections/auth-file saidAuth': 'a file that readYaml took',
  'collections/edit-rows *': 'a file that readYaml took',
  'collections/plain withoutNames': 'a file that readYaml took',
  'collections/scope/read-defaults *': 'a file that readYaml took',
  'collections/scope/read-variables *': 'a file that readYaml took',
  'http/dynamic-values dynamicValue': 'looks a name up',
  'http/variables secretsIn': 'hands on',
  'app/requests/scope/file-word *': 'looks a path up, and hands on to what resolves a draft',
  'collections/checks/edit-parted-list editPartedList': 'the file of editChecks and editCaptures',
  'collections/plain objectOf': 'what plainOf read',
  'collections/read-head tagsOf': 'a file that readYaml took',
  'collections/read-head tagsMember': 'tags that tagsOf read',
  'collections/edit-name setName': 'a name for a file that readYaml took',
  'collections/read-body *': 'a file that readYaml took',
  'collections/auth-file readAuth': 'a file that readYaml took',
  'collections/part-rows partRowsOf': 'a file that readYaml took',
  'collections/edit-body textType': 'compared with three words',
  'collections/scalar-text isTexts': 'looks at the first entry alone',
  'collections/read-request keptLists': 'a file that readYaml took',
  'collections/rows *': 'a file that readYaml took',
  'collections/splices *': 'a file that readYaml took',
  'collections/yaml-file faultAt': 'hands on',
  'collections/yaml-file pairOf': 'looks a name up in a file that readYaml took',
  'collections/yaml-file resolved': 'looks an alias up, of at most 100',
  'collections/yaml-file startOf': 'a node of a file that readYaml took',
  'collections/yaml-file textOf': 'a node of a file that readYaml took',
  'collections/yaml-file valueOf': 'looks a name up in a file that readYaml took',
  'app/keys/make-ring-key makeRingKey': 'own random bytes',
  'jwt/explain/dialect-rows dialect': 'own words',
  'checkup/item *': 'own words, and members of metadata that were checked',
  'contract/result fail': 'own words',
  'contract/tables/*': 'own words',
  'diagnosis/case *': 'hands on, or looks a header up',
  'diagnosis/without-reason otherScheme': 'a scheme out of a challenge',
  'diagnosis/without-reason schemeName': 'a scheme out of a challenge',
  'http/origin *': 'one URL that was parsed before',
  'http/variables variableSecrets': 'hands on',
  'jwt/checks/check check': 'own words',
  'jwt/checks/check-hash checkHash': 'hands on to halfHash',
  'jwt/attacks/public-spellings *': 'spells keys that were read, as long as a key may be',
  'jwt/keys/key-fault isNotSupported': 'looks at the kind of an error',
  'jwt/keys/select-key selectKeys': 'compares key ids',
  'jwt/text/json-object member': 'one look-up',
  'jwt/text/json-object saysNothing': 'one look-up',
  'jwt/text/json-object textMember': 'one look-up',
  'oauth/authorization/response-type partsOf': 'a word of a closed list',
  'oauth/client/*': 'own keys and addresses that were checked',
  'oauth/discovery/discover-resource discoverResource': 'hands on to readResourceMetadata',
  'oauth/discovery/registration registrationRequest': 'own settings',
  'oauth/endpoints/introspection introspectToken': 'hands on to callEndpoint',
  'oauth/endpoints/logout buildLogoutRequest': 'own addresses',
  'oauth/endpoints/revocation revokeToken': 'hands on to callEndpoint',
  'oauth/endpoints/userinfo fetchUserinfo': 'hands on to callEndpoint',
  'oauth/redirect/ask-page askLoginPage': 'bounds hops and cookies; addresses go to checkEndpointUrl',
  'oauth/redirect/jarm checkSignedResponse': 'hands on to readSignedResponse and the library',
  'oauth/redirect/scheme-ping schemePing': 'own text',
  'oauth/token/*': 'reads its response by the library and providerText',
  'oauth/wire/encoding base64url': 'own random bytes and digests',
  'oauth/wire/fetch *': 'looks at the kind of an error',
  'search/bytes *': 'own terms',
  'search/build-segment *': 'own terms',
  'search/columns *': 'own numbers',
  'search/merge-segments *': 'own blocks',
  'search/segment-reader *': 'own blocks',
  'search/segment-writer *': 'own terms',
  'secrecy/scrub coverSpans': 'the spans are ours',
  'secrecy/names hintsFor': 'what it is given is a function',
  'secrecy/names remembered': 'what it is given is a function',
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
