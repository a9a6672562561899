import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDeskWorld, DESK, type DeskWorld } from '../../test/support/desk-world.ts'
import { addDays, type LocalDay } from '../domain/days.ts'
import { translator } from '../i18n/translator.ts'

let desk: DeskWorld

beforeAll(async () => {
  desk = await createDeskWorld()
})
afterAll(() => desk.drop())

describe('a campaign', () => {
  const fields = () => ({
    title_ar: 'دار كريم',
    summary_ar: 'سقف.',
    story_ar: 'كريم في التاسعة.',
    title_fr: '',
    summary_fr: '',
    story_fr: '',
    campaign_slug: 'dar-karim',
    price: '100',
    goal: '5',
    first_day: desk.today(),
    days: '7',
  })

  it('is drafted, corrected, scheduled, told of, closed and delivered', async () => {
    const draft = `${DESK}/campaigns/new`
    const refused = await desk.post(draft, { ...fields(), story_ar: '', price: 'x' })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('دار كريم')
    const hidden = await desk.hiddenFields(draft)
    expect((await desk.post(draft, { ...fields(), ...hidden })).status).toBe(303)
    expect((await desk.post(draft, { ...fields(), ...hidden })).status).toBe(303)
    expect((await desk.post(draft, { ...fields(), campaign_slug: 'dar-karim' })).status).toBe(422)
    const changed = await desk.post(draft, { ...fields(), ...hidden, goal: '77' })
    expect(changed.status).toBe(409)
    expect(await changed.text()).toContain('value="77"')

    const edit = `${DESK}/campaigns/dar-karim/edit`
    expect(await desk.page(edit)).toContain('كريم في التاسعة.')
    expect((await desk.post(edit, { ...fields(), goal: '' })).status).toBe(422)
    expect((await desk.post(edit, { ...fields(), campaign_slug: 'dar-salma' })).status).toBe(422)
    expect((await desk.post(edit, { ...fields(), goal: '6', campaign_slug: 'karim' })).status).toBe(303)

    expect((await desk.get(`${DESK}/campaigns/karim/updates`)).status).toBe(404)
    expect((await desk.get(`${DESK}/campaigns/karim/schedule`)).status).toBe(200)
    const steps = [
      ['schedule', 'scheduled'],
      ['closing', 'closed'],
      ['delivery', 'delivered'],
    ] as const
    for (const [step, done] of steps) {
      const response = await desk.post(`${DESK}/campaigns/karim/${step}`)
      expect(response.headers.get('Location')).toBe(`${DESK}?campaign=karim&done=${done}`)
      if (step === 'schedule') expect((await desk.campaign('karim')).counts.available).toBe(6)
    }
    expect((await desk.get(edit.replace('dar-karim', 'karim'))).status).toBe(404)
    expect((await desk.get(`${DESK}/campaigns/karim/closing`)).status).toBe(404)
  })

  it('is not scheduled outside the authorisation, and says why', async () => {
    const late = { ...fields(), campaign_slug: 'late', first_day: addDays(desk.today() as LocalDay, 299) }
    expect((await desk.post(`${DESK}/campaigns/new`, late)).status).toBe(303)
    const refused = await desk.post(`${DESK}/campaigns/late/schedule`)
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('ne couvre pas')
    expect((await desk.campaign('late')).facts.scheduledAt).toBeNull()
  })

  it('says before scheduling that very many coupons take a while', async () => {
    const large = { ...fields(), campaign_slug: 'large', goal: '50001' }
    expect((await desk.post(`${DESK}/campaigns/new`, large)).status).toBe(303)
    const wait = translator('fr')('organiser.schedule.wait')
    expect(await desk.page(`${DESK}/campaigns/large/schedule`)).toContain(wait)
    expect(await desk.page(`${DESK}/campaigns/late/schedule`)).not.toContain(wait)
  })

  it('is not closed or delivered before its time', async () => {
    expect((await desk.post(`${DESK}/campaigns/dar-salma/delivery`)).status).toBe(409)
    expect((await desk.post(`${DESK}/campaigns/late/closing`)).status).toBe(409)
  })

  it('tells news in the languages that were written', async () => {
    const path = `${DESK}/campaigns/dar-salma/updates`
    const half = await desk.post(path, {
      title_ar: 'السقف',
      body_ar: '',
      title_fr: 'Le toit',
      body_fr: 'Posé.',
    })
    expect(half.status).toBe(422)
    const text = await half.text()
    expect(text).toContain('#field-body_ar"')
    expect(text).toContain('value="Le toit"')
    const written = {
      ...(await desk.hiddenFields(path)),
      title_fr: 'Le toit',
      body_fr: 'Il est posé.\n\nMerci.',
    }
    expect((await desk.post(path, written)).status).toBe(303)
    expect((await desk.post(path, { ...written, title_fr: 'Le mur' })).status).toBe(409)
    expect((await desk.post(path, written)).status).toBe(303)
    const rows = await desk.db
      .of(desk.collective.id)
      .selectFrom('update')
      .select(['update.title', 'update.body'])
      .execute()
    expect(rows).toEqual([{ title: { fr: 'Le toit' }, body: { fr: 'Il est posé.\n\nMerci.' } }])
  })

  it('shows what was spent, never more than the bank holds', async () => {
    const path = `${DESK}/campaigns/dar-salma/spending`
    const transfer = `${DESK}/transfers/${(await desk.place({ method: 'transfer' })).id}`
    expect((await desk.post(transfer, await desk.hiddenFields(transfer))).status).toBe(303)
    const spending = { purpose_ar: 'إسمنت', amount: '9999999', spent_on: desk.today() }
    for (const wrong of [
      { amount: '' },
      { amount: '1,234' },
      {},
      { amount: '1', spent_on: addDays(desk.today() as LocalDay, 1) },
    ]) {
      expect((await desk.post(path, { ...spending, ...wrong })).status).toBe(422)
    }
    const hidden = await desk.hiddenFields(path)
    const right = { ...hidden, ...spending, amount: '100,50 DH' }
    expect((await desk.post(path, right)).status).toBe(303)
    expect((await desk.post(path, right)).status).toBe(303)
    expect(await desk.page(`${DESK}?campaign=dar-salma`)).toContain('100,50')
    const changed = await desk.post(path, { ...right, purpose_ar: 'رمل', amount: '20 DH' })
    expect(changed.status).toBe(409)
    const kept = await changed.text()
    expect(kept).toContain('رمل')
    expect(kept).toContain('déjà été enregistré')
    expect(kept).not.toContain(hidden.id!)
  })
})
