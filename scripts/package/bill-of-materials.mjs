// @ts-check
import library from '@cyclonedx/cyclonedx-library'

const { Enums, Models, Serialize, SPDX, Spec } = library

/** A CycloneDX bill of what is in a package: the packages and the runtime.
 * @param {{ version: string, electron: string, packages: import('./shipped.mjs').Shipped[] }} contents */
export function writeBillOfMaterials({ version, electron, packages }) {
  const app = component(Enums.ComponentType.Application, {
    name: 'gatehouse',
    version,
    license: 'Apache-2.0',
  })
  const bom = new Models.Bom({ metadata: new Models.Metadata({ component: app }) })
  const runtime = { name: 'electron', version: electron, license: 'MIT' }
  const parts = [
    component(Enums.ComponentType.Framework, runtime),
    ...packages.map((each) => component(Enums.ComponentType.Library, each)),
  ]
  for (const part of parts) {
    bom.components.add(part)
    app.dependencies.add(part.bomRef)
  }
  return new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6)).serialize(bom, {
    sortLists: true,
    space: 2,
  })

  /** @param {library.Enums.ComponentType} type @param {{ name: string, version: string, license: string }} about */
  function component(type, { name, version: its, license }) {
    const [group, short] = name.startsWith('@') ? name.split('/') : [undefined, name]
    const reference = `pkg:npm/${name.replace('@', '%40')}@${its}`
    const made = new Models.Component(type, short ?? name, {
      version: its,
      bomRef: reference,
      purl: reference,
      ...(group === undefined ? {} : { group }),
    })
    made.licenses.add(licenceOf(license))
    return made
  }
}

/** By its identifier where SPDX knows it; else as it is named. @param {string} license */
function licenceOf(license) {
  if (/ (?:OR|AND|WITH) /.test(license)) return new Models.LicenseExpression(license)
  return SPDX.isSupportedSpdxId(license) ? new Models.SpdxLicense(license) : new Models.NamedLicense(license)
}
