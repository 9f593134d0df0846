/** Which tokens were asked for with what: the sentences differ. */
export type TokenRequestKind =
  | 'code'
  | 'refresh'
  | 'pushed'
  | 'device'
  | 'client_credentials'
  | 'token_exchange'
  | 'jwt_bearer'
  | 'password'
