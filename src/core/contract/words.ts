/** Values that page and first picture need at run time, apart from the schemas, whose library takes long to load. */

export const checkupAreas = ['Connection', 'Sign-in', 'Clients', 'Tokens', 'Keys', 'Abilities'] as const

/** Token types of RFC 8693 section 3. */
export const tokenTypes = [
  'urn:ietf:params:oauth:token-type:access_token',
  'urn:ietf:params:oauth:token-type:refresh_token',
  'urn:ietf:params:oauth:token-type:id_token',
  'urn:ietf:params:oauth:token-type:jwt',
  'urn:ietf:params:oauth:token-type:saml1',
  'urn:ietf:params:oauth:token-type:saml2',
] as const

/** A variable's name, as a regular expression: what is between `{{` and `}}`. */
export const variableName = '[A-Za-z_][A-Za-z0-9_.-]{0,63}'

/** Characters that `page:keep` takes. */
export const keptPageLimit = 16_777_216

/** Tags that one file has, and characters of one. */
export const tagLimits = { count: 50, length: 80 } as const

/** Files and folders that are moved, copied or deleted at a time. */
export const mostPicked = 2_000

/** How wide the list beside the rail can be, in CSS pixels. */
export const listWidths = { least: 200, usual: 288, most: 640 } as const

/** Sizes of text in percent, smallest first. */
export const textSizes = [90, 100, 110, 125, 150, 175, 200] as const

/** Characters that are copied at once. */
export const mostCopied = 8_388_608

/** Longest name of a pinned token, in characters. */
export const longestPinName = 80

/** Longest value of a header, in characters. */
export const longestHeaderValue = 32_768

/** A method of a request: a token (RFC 9110 section 9.1), whose letters are capitals here. */
export const methodPattern = /^[!#$%&'*+.^_`|~0-9A-Z-]{1,32}$/

/** How much history a user keeps: the oldest go first, pinned ones stay. `days: 0` keeps them regardless of their age. */
export interface HistoryLimits {
  days: number
  exchanges: number
  megabytes: number
}

/** What can be chosen. */
export const historyChoices = {
  days: [0, 7, 30, 90, 365],
  exchanges: [1_000, 10_000, 100_000, 1_000_000],
  megabytes: [250, 1_000, 2_000, 8_000],
} as const satisfies Record<keyof HistoryLimits, readonly number[]>

export const usualHistory: HistoryLimits = { days: 0, exchanges: 1_000_000, megabytes: 2_000 }
