import { createElement, useEffect, useState, type ComponentType } from 'react'

/** A component of its own file, drawn as soon as its code is there. Not React.lazy: what Suspense has waited for
 *  appears only after a pause. */
export function part<Module, Props extends object>(
  load: () => Promise<Module>,
  pick: (module: Module) => ComponentType<Props>,
) {
  let loaded: ComponentType<Props> | undefined
  async function fetchPart(): Promise<ComponentType<Props>> {
    loaded ??= pick(await load())
    return loaded
  }
  function Part(props: Props) {
    const [Shown, show] = useState(() => loaded)
    useEffect(() => {
      if (!Shown) void fetchPart().then((came) => show(() => came))
    }, [Shown])
    return Shown ? createElement(Shown, props) : null
  }
  return { Part, fetchPart }
}
