import { MAX_QUANTITY } from '../domain/coupon.ts'
import { plainDigits } from '../domain/digits.ts'
import type { Lang } from '../domain/lang.ts'
import { moneyText } from './written.ts'

/** Shows the two buttons of a number field (`data-stepper`) and keeps the total in the form's own button. */
export function enliveSteppers(page: Document): void {
  for (const stepper of page.querySelectorAll<HTMLElement>('[data-stepper]')) {
    const input = stepper.querySelector('input')
    if (!input) continue
    for (const button of stepper.querySelectorAll<HTMLElement>('[data-step]')) {
      button.hidden = false
      button.addEventListener('click', () => step(input, Number(button.dataset.step), stepper.dataset))
    }
    input.addEventListener('input', () => showTotal(input))
    showTotal(input)
    // Whoever comes back finds what was typed, which the browser may put in after this script.
    addEventListener('pageshow', () => showTotal(input))
  }
}

function step(input: HTMLInputElement, by: number, { min, max }: DOMStringMap): void {
  const next = (Number.parseInt(plainDigits(input.value), 10) || 0) + by
  input.value = String(Math.min(Number(max), Math.max(Number(min), next)))
  input.dispatchEvent(new Event('input', { bubbles: true }))
}

/** The sentence of `data-total` names the sum; whoever types anything else sees the plain words again. */
function showTotal(input: HTMLInputElement): void {
  const button = input.form?.querySelector<HTMLElement>('[data-total]')
  if (!button) return
  const { total, plain } = button.dataset
  const quantity = Number(plainDigits(input.value))
  const lang = document.documentElement.lang as Lang
  button.dataset.plain = plain ?? button.textContent
  button.textContent =
    Number.isInteger(quantity) && quantity > 0 && quantity <= MAX_QUANTITY
      ? total!.replace('{total}', moneyText(button.dataset, quantity, lang))
      : button.dataset.plain
}
