/** A web page, which can be drawn. */
export function isPage(contentType: string): boolean {
  return /^\s*text\/html\b/i.test(contentType)
}
