import { compareJson, compareLines } from './compare.ts'
import { mostDoubled, type Answered, type Answers, type Ask, type Asked } from './messages.ts'
import { outlineJson, type Outline } from './outline.ts'

let outline: Outline | null = null

function range<Row>(from: number, to: number, row: (index: number) => Row | undefined): Row[] {
  const found: Row[] = []
  for (let index = from; index < to; index += 1) {
    const one = row(index)
    if (one === undefined) break
    found.push(one)
  }
  return found
}

async function open(body: string): Promise<Answers['open']> {
  const answer = await fetch(body)
  outline = answer.ok ? outlineJson(new TextDecoder().decode(await answer.arrayBuffer())) : null
  return (
    outline && {
      lines: outline.lineCount(),
      nodes: outline.nodeCount(),
      doubled: outline.doubled(mostDoubled),
    }
  )
}

async function textOf(body: string): Promise<string> {
  const answer = await fetch(body)
  if (!answer.ok) throw new Error('the body is gone')
  return new TextDecoder().decode(await answer.arrayBuffer())
}
async function compare({ left, right, json }: Ask & { kind: 'compare' }): Promise<Answers['compare']> {
  const [one, other] = [await textOf(left), await textOf(right)]
  return (json ? compareJson(one, other) : undefined) ?? compareLines(one, other)
}

/** Characters of a member that the page is given. */
const longestMember = 65_536

async function members({ body, names }: Ask & { kind: 'members' }): Promise<Answers['members']> {
  const whole: unknown = JSON.parse(await (await fetch(body)).text())
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) return {}
  const isWanted = ([name, value]: [string, unknown]): boolean =>
    names.includes(name) && JSON.stringify(value).length <= longestMember
  return Object.fromEntries(Object.entries(whole).filter(isWanted))
}

async function answer(ask: Ask): Promise<Answers[keyof Answers]> {
  if (ask.kind === 'open') return open(ask.body).catch(() => null)
  if (ask.kind === 'compare') return compare(ask).catch(() => null)
  if (ask.kind === 'members') return members(ask).catch(() => ({}))
  const now = outline
  if (ask.kind === 'copy') return now?.copy(ask.node)
  if (!now) return ask.kind === 'toggle' ? 0 : []
  if (ask.kind === 'toggle') return now.toggle(ask.node)
  return ask.kind === 'lines'
    ? range(ask.from, Math.min(ask.to, now.lineCount()), now.line)
    : range(ask.from, ask.to, now.node)
}

self.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  void answer(data).then((found) =>
    self.postMessage({ number: data.number, answer: found } satisfies Answered),
  )
})
