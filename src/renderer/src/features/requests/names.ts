import type { EnvironmentView } from '@contract/environments.ts'

const mark = /\{\{\s*([A-Za-z_][A-Za-z0-9_.-]{0,63})\s*\}\}/g

/** A text with what each `{{name}}` in it is worth in this environment, a line each; secrets are not shown. */
export function withValues(
  text: string,
  environment: Pick<EnvironmentView, 'name' | 'variables'> | undefined,
): string {
  const names = new Set(Array.from(text.matchAll(mark), ([, name = '']) => name))
  const lines = Array.from(names, (name) => {
    const known = environment?.variables.find((each) => each.name === name)
    if (!known) return `{{${name}}}: not a variable of ${environment?.name ?? 'this environment'}`
    return `{{${name}}}: ${known.secret ? 'secret' : (known.value ?? '')}`
  })
  return [text, ...lines].join('\n')
}
