import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  cookieOf,
  createDeskWorld,
  DESK,
  type DeskWorld,
  ORGANISER_EMAIL,
} from '../../test/support/desk-world.ts'
import { signInWith } from '../people/auth.ts'
import { createSignInLink } from '../people/sign-in-link.ts'

let desk: DeskWorld

beforeAll(async () => {
  desk = await createDeskWorld()
})
afterAll(() => desk.drop())

const linkNeeds = () => ({ signIn: desk.signIn, publicUrl: desk.services.publicUrl })

describe('signing in', () => {
  it('needs a press on a button, works once, and sets a session cookie out of reach of scripts', async () => {
    const link = new URL((await createSignInLink(linkNeeds(), ORGANISER_EMAIL))!)
    expect(link.pathname).toBe('/ar/sign-in')
    const path = link.pathname + link.search
    expect((await desk.app.request(path)).status).toBe(200)
    expect((await desk.app.request(path)).status).toBe(200)
    const token = link.searchParams.get('token')!
    const first = await desk.post('/ar/sign-in', { token }, '')
    expect(first.status).toBe(303)
    expect(first.headers.get('Location')).toBe('/ar/casa/desk')
    expect(first.headers.getSetCookie().join()).toMatch(/session_token=.*HttpOnly; SameSite=Lax/)
    const second = await desk.post('/ar/sign-in', { token }, '')
    expect(second.status).toBe(410)
    expect(second.headers.getSetCookie()).toEqual([])
  })

  it('is refused after many wrong tries from one address, and goes on for others', async () => {
    const tries = async (address: string) => {
      const headers = { 'X-Forwarded-For': address }
      const body = new URLSearchParams({ token: 'nonsense' })
      return (await desk.app.request('/fr/sign-in', { method: 'POST', headers, body })).status
    }
    for (let count = 0; count < 10; count++) expect(await tries('203.0.113.7')).toBe(410)
    expect(await tries('203.0.113.7')).toBe(429)
    expect(await tries('203.0.113.8')).toBe(410)
  })

  it('makes no link for a person who is not known', async () => {
    expect(await createSignInLink(linkNeeds(), 'nobody@casa.example')).toBeUndefined()
  })

  it('ends with signing out', async () => {
    const token = (await desk.signIn.makeToken(ORGANISER_EMAIL))!
    const session = cookieOf(await desk.post('/fr/sign-in', { token }, ''))
    expect((await desk.get(DESK, session)).status).toBe(200)
    expect((await desk.post('/fr/sign-out', {}, session)).status).toBe(303)
    expect((await desk.get(DESK, session)).status).toBe(404)
  })

  it('gives a cookie for https alone where the site is https', async () => {
    const signIn = signInWith({ db: desk.db, key: Buffer.alloc(32, 1), publicUrl: 'https://twiza.test' })
    const opened = await signIn.open((await signIn.makeToken(ORGANISER_EMAIL))!, '192.0.2.1')
    expect(opened.ok && opened.cookies.join()).toMatch(/__Secure-.*; Secure/)
  })
})
