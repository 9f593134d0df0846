import { expect, type Locator } from 'playwright/test'

/** Chooses one of a list as a person does: opens it and presses the option. */
export async function choose(box: Locator, option: string | RegExp): Promise<void> {
  await box.click()
  const list = box.page().getByRole('listbox')
  const wanted = list.getByRole('option', { name: option, exact: true })
  await wanted.click()
  await expect(list).toHaveCount(0)
}
