import type { TemplateView } from '@contract/connect'
import { fail, ok, type Result } from '@contract/result'
import { templates } from '../../templates/recognise.ts'
import type { Template } from '../../templates/template.ts'
import type { BrowserOpener } from '../../records/ports.ts'

/** What the page sees of a template. */
export function templateView(template: Template): TemplateView {
  const { recognise: _recognise, sources: _sources, settings: _settings, documentation, ...rest } = template
  return { ...rest, documentationHost: new URL(documentation).host }
}

/** The kinds of provider that are known, and their documentation. Codes: `template_unknown`,
 *  `browser_not_opened`. */
export function createTemplates({ browser }: { browser: BrowserOpener }) {
  return {
    list: (): Result<TemplateView[]> => ok(templates.map(templateView)),

    /** The page names the template, never an address: nothing else can be opened this way. */
    async openDocumentation({ templateId }: { templateId: string }): Promise<Result<null>> {
      const template = templates.find(({ id }) => id === templateId)
      if (template === undefined) {
        return fail('template_unknown', 'This kind of provider is unknown.', 'Choose one from the list.')
      }
      return (await browser.open(template.documentation))
        ? ok(null)
        : fail(
            'browser_not_opened',
            'No browser could be started.',
            `Open it yourself: ${template.documentation}`,
          )
    },
  }
}
