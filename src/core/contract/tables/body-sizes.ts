/** Bytes from which on a body is read line by line from the disk. Apart from the schemas, which the page does not load. */
export const longBody = 1_048_576
