interface Answered<Answers> {
  number: number
  answer: Answers[keyof Answers]
}

/** Asks a worker under numbers, and gives each answer to whoever asked. `Ask`: what it can be asked, by `kind`; `Answers`:
 *  what comes of each kind. */
export function askWorker<Ask extends { kind: keyof Answers }, Answers>(worker: Worker) {
  const waiting = new Map<number, (answer: never) => void>()
  let last = 0
  worker.addEventListener('message', ({ data }: MessageEvent<Answered<Answers>>) => {
    const done = waiting.get(data.number)
    waiting.delete(data.number)
    done?.(data.answer as never)
  })
  return {
    ask: <Kind extends Ask['kind']>(what: Ask & { kind: Kind }): Promise<Answers[Kind]> =>
      new Promise((done) => {
        last += 1
        waiting.set(last, done)
        worker.postMessage({ ...what, number: last })
      }),
    end: (): void => worker.terminate(),
  }
}
