import { expect, test } from 'vitest'
import { translator } from '../i18n/translator.ts'
import { unbuiltAssets } from './assets.ts'
import { Layout, type LayoutProps } from './layout.tsx'
import { renderPage } from './render.ts'

const props: Omit<LayoutProps, 'children'> = {
  t: translator('ar'),
  lang: 'ar',
  assets: unbuiltAssets,
  origin: 'https://twiza.example',
  path: '/ar/casa/salma',
  title: 'بيت لسلمى',
  description: 'حلم "واحد"',
  alternates: { ar: '/ar/casa/salma', fr: '/fr/casa/salma' },
  site: { name: 'دار', href: '/ar/casa' },
  scripts: ['live.js'],
}

const page = renderPage(
  <Layout {...props}>
    <h1>بيت</h1>
  </Layout>,
)

test('the document has its language and direction', () => {
  expect(page).toMatch(/^<!doctype html><html lang="ar" dir="rtl">/)
})

test('the page names itself and its other languages by full addresses', () => {
  expect(page).toContain('<link rel="canonical" href="https://twiza.example/ar/casa/salma"/>')
  expect(page).toContain('<link rel="alternate" hreflang="fr" href="https://twiza.example/fr/casa/salma"/>')
  expect(page).toContain(
    '<link rel="alternate" hreflang="x-default" href="https://twiza.example/ar/casa/salma"/>',
  )
})

test('the language switch leads to the same place, in each language by its own name', () => {
  expect(page).toContain('<a href="/fr/casa/salma" lang="fr" hreflang="fr" dir="ltr">Français</a>')
  expect(page).not.toContain('English')
})

test('beside a form the language switch sends it along, and Enter in a field does not change the language', () => {
  const beside = renderPage(
    <Layout {...props} languageForm="give-form">
      <form id="give-form" />
    </Layout>,
  )
  const [first, second] = beside.match(/<button[^>]*form="give-form"[^>]*>/g) ?? []
  expect(first).not.toContain('show_in')
  expect(second).toMatch(/formaction="\/fr\/casa\/salma"[^>]* name="show_in" value="fr" lang="fr"/i)
  expect(beside).not.toContain('<a href="/fr/casa/salma"')
})

test('nothing on the page needs an inline script or style', () => {
  expect(page).not.toMatch(/ style=|<style|<script(?![^>]* src=)/)
  expect(page).toContain('<script type="module" src="/assets/live.js"></script>')
})

test('the first thing to reach by keyboard leads to the content', () => {
  expect(page).toMatch(/<body[^>]*><a class="skip" href="#main">/)
  expect(page).toContain('<main id="main" tabindex="-1">')
})

test('what people wrote is text, never markup', () => {
  const hostile = renderPage(
    <Layout {...props} title={'</title><script>'} site={{ name: '"><b>', href: '/ar' }}>
      <p>x</p>
    </Layout>,
  )
  expect(hostile).not.toContain('</title><script>')
  expect(hostile).not.toContain('<b>')
})
