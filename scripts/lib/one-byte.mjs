// @ts-check

/**
 * V8 keeps a program's text in memory for as long as it runs, with two bytes for each character as soon as one of them is
 * beyond Latin-1: one quotation mark in a message doubles a whole chunk. So those are written as escapes, which mean the
 * same in strings, templates, patterns and names.
 * @returns {import('vite').Plugin}
 */
export function oneByteText() {
  return {
    name: 'one-byte-text',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type === 'chunk') output.code = escapeBeyondLatin1(output.code)
      }
    },
  }
}

/** @param {string} code */
export function escapeBeyondLatin1(code) {
  return code.replace(/[^\0-\xff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
