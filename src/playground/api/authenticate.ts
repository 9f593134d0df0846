import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from './problem.ts'
import type { VerifyProof } from './verify-proof.ts'
import type { Caller, VerifyToken } from './verify-token.ts'

export type Authentication =
  | { kind: 'none' }
  | { kind: 'accepted'; caller: Caller }
  | {
      kind: 'refused'
      scheme: 'Bearer' | 'DPoP'
      error: 'invalid_request' | 'invalid_token' | 'invalid_dpop_proof'
      code: string
      detail: string
    }

/** Judges the credentials of a request for one resource. */
export type Authenticate = (request: FastifyRequest, audience: string) => Promise<Authentication>

const proofAlgorithms = 'ES256 ES384 RS256 PS256 Ed25519 EdDSA'

/** Reads the credentials of a request and judges them; refuses nothing yet. */
export function createAuthenticate(
  apiBase: string,
  verifyToken: VerifyToken,
  verifyProof: VerifyProof,
  certificateOf: (request: FastifyRequest) => string | undefined,
): Authenticate {
  return async (request, audience) => {
    const header = request.headers.authorization
    if (header === undefined) return { kind: 'none' }
    const match = /^(Bearer|DPoP) +([\w.~+/-]+=*)$/i.exec(header)
    if (!match?.[1] || !match[2]) {
      // Another scheme than ours is as good as no credentials; a broken one of ours is told so.
      if (!/^(Bearer|DPoP)\b/i.test(header)) return { kind: 'none' }
      return {
        kind: 'refused',
        scheme: 'Bearer',
        error: 'invalid_request',
        code: 'malformed_authorization',
        detail: 'The Authorization header must be "Bearer" and a token',
      }
    }
    const scheme = match[1].toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer'
    const verified = await verifyToken(match[2], audience)
    if (!verified.ok)
      return {
        kind: 'refused',
        scheme,
        error: 'invalid_token',
        code: `token_${verified.error.code}`,
        detail: verified.error.detail,
      }
    const caller = verified.value
    // RFC 8705 section 3: whoever shows the token must show the certificate.
    if (caller.certificateThumbprint && caller.certificateThumbprint !== certificateOf(request)) {
      return {
        kind: 'refused',
        scheme,
        error: 'invalid_token',
        code: 'certificate_missing',
        detail:
          'The access token is bound to a certificate; send it over a connection that shows this certificate',
      }
    }
    if (scheme === 'Bearer' && !caller.keyThumbprint) return { kind: 'accepted', caller }
    const refused = { kind: 'refused', scheme: 'DPoP' } as const
    if (!caller.keyThumbprint) {
      return {
        ...refused,
        error: 'invalid_token',
        code: 'token_not_bound',
        detail: 'The access token is not bound to a key; send it as Bearer',
      }
    }
    const proof = request.headers.dpop
    if (scheme === 'Bearer' || typeof proof !== 'string') {
      return {
        ...refused,
        error: 'invalid_token',
        code: 'proof_missing',
        detail: 'The access token is bound to a key; send it as DPoP with a proof',
      }
    }
    const wrong = await verifyProof(proof, {
      method: request.method,
      url: `${apiBase}${request.url.split('?')[0] ?? ''}`,
      tokenHash: caller.tokenHash,
      keyThumbprint: caller.keyThumbprint,
    })
    return wrong
      ? { ...refused, error: 'invalid_dpop_proof', code: 'proof_invalid', detail: wrong }
      : { kind: 'accepted', caller }
  }
}

/** Answers 401 or 403 as RFC 6750 section 3 says, with the way to the metadata (RFC 9728 section 5.1). */
export function createRefusals(resourceMetadata: string) {
  const realm = 'gatehouse-playground'
  return {
    unauthenticated: (reply: FastifyReply, scopes: readonly string[], authentication: Authentication) => {
      const common = { realm, resource_metadata: resourceMetadata, scope: scopes.join(' ') || undefined }
      if (authentication.kind !== 'refused') {
        // Section 3.1: who sent no credentials is told no error code.
        void reply.header('WWW-Authenticate', challenge('Bearer', common))
        return sendProblem(reply, {
          status: 401,
          code: 'authentication_required',
          detail: 'This needs an access token',
        })
      }
      const { scheme, error, code, detail } = authentication
      const algs = scheme === 'DPoP' ? proofAlgorithms : undefined
      void reply.header(
        'WWW-Authenticate',
        challenge(scheme, {
          realm,
          error,
          error_description: detail,
          resource_metadata: resourceMetadata,
          algs,
        }),
      )
      return sendProblem(reply, { status: error === 'invalid_request' ? 400 : 401, code, detail })
    },
    insufficientScope: (
      reply: FastifyReply,
      scopes: readonly string[],
      missing: readonly string[],
      caller: Caller,
    ) => {
      const detail =
        missing.length > 0
          ? `The access token does not carry the scope ${missing.join(' ')}`
          : 'The roles of the caller do not allow this'
      void reply.header(
        'WWW-Authenticate',
        challenge(caller.keyThumbprint ? 'DPoP' : 'Bearer', {
          realm,
          error: 'insufficient_scope',
          error_description: detail,
          scope: scopes.join(' '),
          resource_metadata: resourceMetadata,
        }),
      )
      return sendProblem(reply, { status: 403, code: 'insufficient_scope', detail })
    },
  }
}

function quoted(text: string) {
  return text.replace(/[^\x20-\x7e]/g, ' ').replace(/["\\]/g, "'")
}

function challenge(scheme: string, parameters: Record<string, string | undefined>): string {
  return `${scheme} ${Object.entries(parameters)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${quoted(value)}"`]))
    .join(', ')}`
}
