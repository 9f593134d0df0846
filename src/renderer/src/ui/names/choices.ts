import { fittingNames, typedName, type Variables } from '../../lib/names.ts'

/** A text that a field may have. */
export interface Suggestion {
  text: string
  /** What it is, in a few words. */
  says?: string
}

/** What a field offers besides names of variables. */
export interface Suggestions {
  from: readonly Suggestion[]
  /** Its text is a list with commas, of which the last part is completed. */
  list?: boolean
}

/** One of a list to choose from. */
export interface Choice {
  text: string
  detail: string | undefined
  from: string | undefined
  /** What it puts in. */
  put: string
}

/** What can be chosen at a caret, and which part of the text that replaces. */
export interface Choices {
  label: 'Variables' | 'Suggestions'
  from: number
  to: number
  all: Choice[]
}

/** Names of variables while one is typed; at the end of the text what fits of the suggestions. `asked`: also where nothing
 *  is typed yet. */
export function choicesAt(
  text: string,
  caret: number,
  variables: Variables | undefined,
  suggestions: Suggestions | undefined,
  asked: boolean,
): Choices | undefined {
  const typed = typedName(text, caret)
  if (typed) {
    const all = fittingNames(typed.typed, variables).map(({ name, secret, value, from }) => ({
      text: name,
      detail: secret ? 'secret' : value,
      from,
      put: `{{${name}}}`,
    }))
    return all.length === 0 ? undefined : { label: 'Variables', from: typed.from, to: typed.to, all }
  }
  if (!suggestions || caret !== text.length) return undefined
  const before = suggestions.list ? (/^.*,\s*/s.exec(text)?.[0].length ?? 0) : 0
  const part = text.slice(before).toLowerCase()
  if (part === '' && !asked) return undefined
  const fits = suggestions.from.filter((each) => asked || each.text.toLowerCase().includes(part))
  const begins = ({ text: each }: Suggestion): boolean => each.toLowerCase().startsWith(part)
  const all = [...fits.filter(begins), ...fits.filter((each) => !begins(each))].map((each) => ({
    text: each.text,
    detail: undefined,
    from: each.says,
    put: each.text,
  }))
  const isDone = all.length === 1 && all[0]?.text.toLowerCase() === part
  return all.length === 0 || isDone ? undefined : { label: 'Suggestions', from: before, to: caret, all }
}
