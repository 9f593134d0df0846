interface Row {
  /** In the form. */
  choice: string
  /** Where the response is. */
  place: 'query' | 'fragment' | 'form'
  /** As a JWT of the provider (JARM). */
  signed: boolean
  /** Whether tokens may be in it (OAuth 2.0 Multiple Response Type Encoding Practices section 5); of signed ones
   *  Gatehouse takes none. */
  tokens: boolean
}

/** How the authorization response comes back: RFC 6749, OAuth 2.0 Form Post, JARM. The names are those of
 *  `response_mode`. */
export const responseModeTable = {
  query: { choice: 'In the address (query)', place: 'query', signed: false, tokens: false },
  fragment: { choice: 'In the fragment of the address', place: 'fragment', signed: false, tokens: true },
  form_post: { choice: 'As a form post', place: 'form', signed: false, tokens: true },
  'query.jwt': { choice: 'Signed, in the address (JARM)', place: 'query', signed: true, tokens: false },
  'form_post.jwt': { choice: 'Signed, as a form post (JARM)', place: 'form', signed: true, tokens: false },
} as const satisfies Record<string, Row>

export type ResponseMode = keyof typeof responseModeTable
export type ResponsePlace = Row['place']
