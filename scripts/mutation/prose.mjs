// @ts-check
/** Leaves sentences alone: a message's wording is not what tests are about, a code or a member's name is. */
const words = /\p{L}\S* +\S*[\p{L}\d$]/u

export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'prose',
    value: {
      /** @param {{ node: { type: string, value?: unknown, quasis?: { value: { raw: string } }[] } }} path */
      shouldIgnore({ node }) {
        const text =
          node.type === 'StringLiteral'
            ? String(node.value)
            : node.type === 'TemplateLiteral'
              ? (node.quasis ?? []).map(({ value }) => value.raw).join('$')
              : ''
        return words.test(text) ? 'the wording of a sentence' : undefined
      },
    },
  },
]
