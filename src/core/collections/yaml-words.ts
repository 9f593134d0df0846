import type { ErrorCode } from 'yaml'

/** What the library finds wrong with a text, in words of this program: its own are for programmers. */
export const yamlWords = {
  ALIAS_PROPS: 'A reference (*name) cannot have a name or a tag of its own.',
  BAD_ALIAS: 'A name (&name) or a reference (*name) is malformed.',
  BAD_COLLECTION_TYPE: 'A tag does not fit the value it is on.',
  BAD_DIRECTIVE: 'A line starting with % is unknown.',
  BAD_DQ_ESCAPE: 'This escape sequence (\\) does not exist in double quotes.',
  BAD_INDENT: 'The indentation does not match, or a bracket is not closed.',
  BAD_PROP_ORDER: 'A name (&name) or a tag has to follow the - or the ?.',
  BAD_SCALAR_START: 'Text that starts like this needs quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'There are two names with values on one line.',
  BLOCK_IN_FLOW: 'There is an indented part within brackets.',
  DUPLICATE_KEY: 'This name appears twice.',
  IMPOSSIBLE: 'This is not YAML.',
  KEY_OVER_1024_CHARS: 'A name has more than 1,024 characters.',
  MISSING_CHAR: 'A character is missing: a quote, a bracket, a comma, a colon or a space.',
  MULTILINE_IMPLICIT_KEY: 'A name spans several lines.',
  MULTIPLE_ANCHORS: 'There are two names (&name) for one value.',
  MULTIPLE_DOCS: 'The file has more than one document.',
  MULTIPLE_TAGS: 'There are two tags on one value.',
  NON_STRING_KEY: 'A name is not text.',
  RESOURCE_EXHAUSTION: 'The file is nested too deeply.',
  TAB_AS_INDENT: 'This is indented with a tab; use spaces.',
  TAG_RESOLVE_FAILED: 'A tag is unknown or does not fit.',
  UNEXPECTED_TOKEN: 'There is something here that is not allowed in this place.',
} as const satisfies Record<ErrorCode, string>
