import { expect, test } from 'vitest'
import { axeViolations, cutOff, smallTargets } from './page-checks.ts'
import { useStage } from './stage.ts'

const stage = useStage()

// A check that never finds anything is none: each of them is shown a page with a fault of its kind.

test('a thing that is wider than the screen is found, and one that is cut', async () => {
  await stage.visit({ width: 320 }, async ({ page, open }) => {
    await open('/ar/casa')
    expect(await cutOff(page)).toEqual([])
    await page.evaluate(() => {
      const wide = document.createElement('pre')
      wide.textContent = 'x'.repeat(200)
      document.querySelector('main')?.append(wide)
      const cut = document.createElement('p')
      cut.textContent = 'x'.repeat(200)
      Object.assign(cut.style, { overflow: 'hidden', whiteSpace: 'nowrap' })
      document.querySelector('main')?.append(cut)
    })
    const found = (await cutOff(page)).join('\n')
    expect(found).toMatch(/the page is \d+ wide/)
    expect(found).toContain('cut: P')
  })
})

test('a button that a thumb would miss is found', async () => {
  await stage.visit({}, async ({ page, open }) => {
    await open('/ar/casa/dar-salma/give')
    expect(await smallTargets(page)).toEqual([])
    await page.locator('.give-button').evaluate((button) => {
      Object.assign(button.style, { minHeight: '0', height: '20px', padding: '0' })
    })
    expect((await smallTargets(page)).join()).toContain('give-button')
  })
})

test('text that is hard to read, and a field without a name, are found', async () => {
  await stage.visit({}, async ({ page, open }) => {
    await open('/ar/casa')
    await page.evaluate(() => {
      const pale = document.createElement('p')
      pale.textContent = 'pale'
      Object.assign(pale.style, { color: '#ddd', background: '#fff' })
      document.querySelector('main')?.append(pale, document.createElement('input'))
    })
    const found = (await axeViolations(page)).join('\n')
    expect(found).toContain('color-contrast')
    expect(found).toContain('label')
  })
})

test('whatever a page may not do is a fault of the visit', async () => {
  await stage.visit({}, async (visit) => {
    await visit.open('/ar/casa')
    await visit.page.evaluate(() => {
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'void 0' }))
      document.body.append(Object.assign(document.createElement('img'), { src: 'http://twiza.test/x.png' }))
      console.error('something broke')
    })
    await expect.poll(() => visit.faults.join('\n')).toMatch(/Content Security Policy[\s\S]*something broke/)
    expect(visit.faults.join('\n')).toMatch(/img-src/)
    visit.forget(/./)
  })
})
