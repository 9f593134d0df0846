import type { NameRule, NameRules, Shape } from './explain-types.ts'

/** Name, shape, meaning. */
type Row = readonly [name: string, shape: Shape, says: string]

/** Many of these names are words that an issuer may use for something of its own. */
const otherwise = 'Private to this issuer: the registered claim of this name has another type.'

/** The claims of IANA's registry “JSON Web Token Claims” that belong to particular fields: telephony, attestation,
 *  content delivery, identity assurance, federation and others. */
export const furtherClaims: NameRules = Object.fromEntries([
  ...from('RFC 8055', [
    ['sip_from_tag', 'text', 'The tag in the From header of the SIP message.'],
    ['sip_date', 'time', 'The Date header of the SIP message.'],
    ['sip_callid', 'text', 'The Call-ID of the SIP message.'],
    ['sip_cseq_num', 'text', 'The number in the CSeq header of the SIP message.'],
    ['sip_via_branch', 'text', 'The branch in the Via header of the SIP message.'],
  ]),
  ...from('RFC 8225 section 5', [
    ['orig', 'json', 'Who calls (PASSporT).'],
    ['dest', 'json', 'Who is called (PASSporT).'],
    ['mky', 'json', 'The fingerprints of media keys (PASSporT).'],
  ]),
  ...from('RFC 8443 section 3', [
    ['rph', 'json', 'The priority that the call asks for (Resource-Priority).'],
  ]),
  ...from('RFC 8485 section 3', [
    ['vot', 'text', 'How far the identity can be trusted, as a vector of components.'],
    ['vtm', 'text', 'Where the meaning of the trust vector is defined.'],
  ]),
  ...from('RFC 8588 section 4', [
    ['attest', 'text', 'How far the carrier vouches for the caller: A fully, B partially, C as a gateway.'],
    ['origid', 'text', 'Names the origin of the call within the carrier.'],
  ]),
  ...from('RFC 8688', [['jcard', 'json', 'Contact data as a jCard.']]),
  ...from('ETSI GS NFV-SEC 022', [['at_use_nbr', 'number', 'How many requests the token may be used for.']]),
  ...from('RFC 8946', [
    ['div', 'json', 'The number that the call was diverted from.'],
    ['opt', 'text', 'The PASSporT of the call before it was diverted.'],
  ]),
  ...from('RFC 9795', [
    ['rcd', 'json', 'Name, logo and other data about the caller.'],
    ['rcdi', 'json', 'Digests of the data about the caller.'],
    ['crn', 'text', 'The reason for the call.'],
  ]),
  ...from('RFC 9475 section 3', [['msgi', 'text', 'The digest of the message that this signs.']]),
  ...from('RFC 9027 section 4', [['sph', 'json', 'The priority that the call asks for (SIP Priority).']]),
  ...from('W3C Verifiable Credentials Data Model 1.1 section 6.3.1', [
    ['vc', 'json', 'A verifiable credential.'],
    ['vp', 'json', 'A verifiable presentation.'],
  ]),
  ...from('RFC 9200 section 5', [
    ['ace_profile', 'text', 'The ACE profile that client and resource server use.'],
    ['cnonce', 'text', 'A nonce that shows the token is fresh.'],
    ['exi', 'number', 'How many seconds it is valid after it was first seen.'],
  ]),
  ...from('RFC 9711 section 4', [
    ['eat_nonce', 'list', 'The nonce of whoever requested the attestation.'],
    ['ueid', 'text', 'Names this one device permanently.'],
    ['sueids', 'json', 'Names of the device that can change.'],
    ['oemid', 'text', 'Names the maker of the hardware.'],
    ['hwmodel', 'text', 'The model of the hardware.'],
    ['hwversion', 'json', 'The version of the hardware.'],
    ['oemboot', 'boolean', 'Whether only software of the maker was booted.'],
    ['dbgstat', 'json', 'Whether the device can be debugged.'],
    ['location', 'json', 'Where the device is.'],
    ['eat_profile', 'text', 'The profile of the attestation.'],
    ['submods', 'json', 'Attestations of parts of the device.'],
    ['uptime', 'number', 'Seconds since the device was started.'],
    ['bootcount', 'number', 'How often the device was started.'],
    ['bootseed', 'text', 'A random value of this start of the device.'],
    ['dloas', 'json', 'Where certifications of the device can be found.'],
    ['swname', 'text', 'The name of the software.'],
    ['swversion', 'json', 'The version of the software.'],
    ['manifests', 'json', 'What the software consists of, as its maker says.'],
    ['measurements', 'json', 'Measurements of the software.'],
    ['measres', 'json', 'Whether what was measured is as expected.'],
    ['intuse', 'text', 'What the attestation is meant for.'],
  ]),
  ...from('RFC 9246 section 2', [
    ['cdniv', 'number', 'The version of the signed CDN token.'],
    ['cdnicrit', 'text', 'Claims that a CDN must understand.'],
    ['cdniip', 'text', 'The client address that the URL is valid for.'],
    ['cdniuc', 'text', 'The URLs that the token is valid for.'],
    ['cdniets', 'number', 'Seconds for which a renewed token is valid.'],
    ['cdnistt', 'number', 'How a renewed token is transported.'],
    ['cdnistd', 'number', 'The path depth that a renewed token is valid for.'],
  ]),
  ...from('RFC 9321 section 3', [
    ['sig_val_claims', 'json', 'What was found when a signature was validated.'],
  ]),
  ...from('OpenID Connect for Identity Assurance', [
    ['verified_claims', 'json', 'Claims about the user that were verified, and how.'],
    ['place_of_birth', 'json', 'Where the person was born.'],
    ['nationalities', 'list', 'The nationalities of the person.'],
    ['birth_family_name', 'text', 'The family name at birth.'],
    ['birth_given_name', 'text', 'The given name at birth.'],
    ['birth_middle_name', 'text', 'The middle name at birth.'],
    ['salutation', 'text', 'How the person is addressed.'],
    ['title', 'text', 'A title; in identity assurance that of the person.'],
    ['msisdn', 'text', 'A mobile phone number.'],
    ['also_known_as', 'text', 'A stage name, religious name or the like.'],
  ]),
  ...from('RFC 9493 section 4.1', [['sub_id', 'json', 'The subject, by an identifier of a stated format.']]),
  ...from('OpenID Connect CIBA section 10.3.1', [
    ['urn:openid:params:jwt:claim:auth_req_id', 'text', 'Names the CIBA request that this answers.'],
    ['urn:openid:params:jwt:claim:rt_hash', 'text', 'Hash of the refresh token that came with it.'],
  ]),
  ...from('RFC 9560 section 3', [
    ['rdap_allowed_purposes', 'list', 'The purposes for which RDAP data may be asked.'],
    ['rdap_dnt_allowed', 'boolean', 'Whether an RDAP client may ask not to be tracked.'],
  ]),
  ...from('CTA-5009-A', [
    ['catreplay', 'number', 'Whether the token may be used more than once.'],
    ['geohash', 'text', 'Where the token may be used.'],
  ]),
  ...from('RFC 9901 section 4', [
    ['_sd', 'list', 'Digests of claims that the holder can disclose.'],
    ['_sd_alg', 'text', 'The hash that the digests are made with.'],
    ['...', 'text', 'The digest of a list element that the holder can disclose.'],
    ['sd_hash', 'text', 'The digest of the SD-JWT that this is presented with.'],
  ]),
  ...from('OAuth Status List', [
    ['status', 'json', 'Where to look up whether the token is still valid.'],
    ['status_list', 'json', 'A list of states of many tokens.'],
    ['ttl', 'number', 'Seconds for which the status list may be kept.'],
  ]),
  ...from('OpenID Federation section 3', [
    ['metadata', 'json', 'What the entity states about itself.'],
    ['metadata_policy', 'json', 'What a superior requires of the metadata below it.'],
    ['metadata_policy_crit', 'list', 'Policy operators that must be understood.'],
    ['constraints', 'json', 'Limits on the chain of trust.'],
    ['authority_hints', 'list', 'The superiors of the entity.'],
    ['trust_marks', 'json', 'Trust marks of the entity.'],
    ['trust_mark_issuers', 'json', 'Who may issue which trust mark.'],
    ['trust_mark_owners', 'json', 'Who owns which trust mark.'],
    ['trust_mark_type', 'text', 'Names the trust mark.'],
    ['trust_chain', 'list', 'Statements from the entity up to the trust anchor.'],
    ['source_endpoint', 'text', 'Where the statement was fetched.'],
    ['keys', 'json', 'Keys of the entity, past ones too.'],
    ['jwks', 'json', 'The keys of the entity.'],
    ['logo_uri', 'text', 'The address of a logo.'],
    ['ref', 'text', 'A reference; in a trust mark, where to find more about it.'],
    ['delegation', 'text', 'Who delegated the issuing of the trust mark.'],
    ['crit', 'list', 'Claims of the statement that must be understood.'],
    ['trust_anchor', 'text', 'The trust anchor that a registration relies on.'],
    ['trust_anchor_hints', 'list', 'Trust anchors that the entity is under.'],
  ]),
  ...from('3GPP TS 29.510', [
    ['consumerPlmnId', 'json', 'The mobile network of the consumer.'],
    ['consumerSnpnId', 'json', 'The private network of the consumer.'],
    ['producerPlmnId', 'json', 'The mobile network of the producer.'],
    ['producerSnpnId', 'json', 'The private network of the producer.'],
    ['producerSnssaiList', 'json', 'The network slices of the producer.'],
    ['producerNsiList', 'json', 'The slice instances of the producer.'],
    ['producerNfSetId', 'text', 'The set of network functions of the producer.'],
    ['producerNfServiceSetId', 'text', 'The set of services of the producer.'],
    ['sourceNfInstanceId', 'text', 'The network function that the data comes from.'],
    ['analyticsIdList', 'json', 'The analytics that may be requested.'],
    ['resOwnerId', 'text', 'The owner of the resource.'],
  ]),
  ...from('RATS Conceptual Message Wrapper', [['cmw', 'json', 'Messages of a remote attestation.']]),
  ...from('IANA, JSON Web Token Claims', [
    ['stpl', 'json', 'Registered with IANA; its specification says what it means.'],
  ]),
  ...from('RFC 9447 section 3', [
    ['atc', 'json', 'What an authority vouches for when a certificate is requested.'],
  ]),
])

function from(source: string, rows: readonly Row[]): [string, NameRule][] {
  return rows.map(([name, shape, says]) => [name, { shape, source, says, otherwise }])
}
