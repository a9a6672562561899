import type { Said } from './said.ts'

// Everybody and everything here is invented; a likeness to people, groups or accounts is chance.

/** The collective of the demonstration, its association and its organiser. */
export const COLLECTIVE = {
  slug: 'bab-w-sarjem',
  name: {
    ar: 'باب وسرجم',
    fr: 'Une porte, une fenêtre',
    en: 'A Door and a Window',
    es: 'Una puerta y una ventana',
  },
  city: { ar: 'الدار البيضاء', fr: 'Casablanca', en: 'Casablanca', es: 'Casablanca' },
  timeZone: 'Africa/Casablanca',
  currency: 'MAD',
  langs: ['ar', 'fr', 'en', 'es'],
} as const satisfies { name: Said; city: Said } & Record<string, unknown>

export const ASSOCIATION = {
  legalName: {
    ar: 'جمعية ظل الخروب للسكن الكريم',
    fr: 'Association Dhel El Kharroub pour un logement digne',
    en: 'Dhel El Kharroub Association for Decent Housing',
    es: 'Asociación Dhel El Kharroub por una vivienda digna',
  } satisfies Said,
  // No bank has the code 999, so that nobody can send money here by mistake.
  accountNumber: '999780000000000000250171',
  bankName: 'Banque Exemple',
  authorisationNumber: 'EXEMPLE-18-18/0042',
  authority: 'Secrétariat général du gouvernement (exemple)',
} as const

export const ORGANISER = { name: 'Leila', email: 'leila@example.org' } as const
