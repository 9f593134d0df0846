/** Bytes from which on a body is read line by line from the disk. Apart from the schemas, which the page does not load. */
export const longBody = 1_048_576
/** Bytes of a web page that is drawn at most. */
export const longestDrawn = 2_097_152
