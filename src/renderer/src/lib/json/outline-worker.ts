import type { Answered, Answers, Ask, Asked } from './messages.ts'
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
  return outline && { lines: outline.lineCount(), nodes: outline.nodeCount() }
}

async function answer(ask: Ask): Promise<Answers[keyof Answers]> {
  if (ask.kind === 'open') return open(ask.body).catch(() => null)
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
