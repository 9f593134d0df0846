/** What is where a secret was, in text. */
export const mark = '•••'

/** What its bytes are overwritten with in a body, whose length stays: an asterisk. */
export const markByte = 0x2a
