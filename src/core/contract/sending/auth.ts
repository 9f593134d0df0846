import { z } from 'zod'
import { limits } from '../limits.ts'

const words = z.string().max(limits.secret)
const short = z.string().max(limits.url)

/** How a request says who calls, where that is no account. Texts may hold variables. */
export const requestAuth = z.discriminatedUnion('kind', [
  /** What its folder or collection says. */
  z.object({ kind: z.literal('inherit') }).strict(),
  /** A token given manually (RFC 6750). */
  z.object({ kind: z.literal('bearer'), token: words }).strict(),
  /** RFC 7617. */
  z.object({ kind: z.literal('basic'), username: short, password: words }).strict(),
  /** RFC 7616. */
  z.object({ kind: z.literal('digest'), username: short, password: words }).strict(),
  z
    .object({
      kind: z.literal('apikey'),
      key: short,
      value: words,
      placement: z.enum(['header', 'query', 'cookie']),
    })
    .strict(),
  /** AWS Signature Version 4. */
  z
    .object({
      kind: z.literal('awsv4'),
      accessKeyId: short,
      secretAccessKey: words,
      sessionToken: words,
      service: short,
      region: short,
    })
    .strict(),
  /** A token that the client asks for itself when it is needed (RFC 6749 section 4.4). */
  z
    .object({
      kind: z.literal('client-credentials'),
      tokenUrl: short,
      clientId: short,
      clientSecret: words,
      scope: z.string().max(limits.scope),
      /** How the client proves itself: in the Authorization header, or in the body. */
      placement: z.enum(['header', 'body']),
    })
    .strict(),
])
export type RequestAuth = z.infer<typeof requestAuth>
export type AuthKind = RequestAuth['kind']
