import type { LocalizedText } from '../../src/domain/lang.ts'

/** What the invented world says of itself. Any likeness to people or groups is chance. */
export const COLLECTIVE = {
  slug: 'casa',
  name: {
    ar: 'بيت للجميع',
    fr: 'Une maison pour tous',
    en: 'A home for all',
    es: 'Un hogar para todos',
  } satisfies LocalizedText,
  city: {
    ar: 'الدار البيضاء',
    fr: 'Casablanca',
    en: 'Casablanca',
    es: 'Casablanca',
  } satisfies LocalizedText,
  timeZone: 'Africa/Casablanca',
  currency: 'MAD',
  langs: ['ar', 'fr', 'en', 'es'],
} as const

export const ASSOCIATION = {
  legalName: {
    ar: 'جمعية باب النور',
    fr: 'Association Bab Nour',
    en: 'Bab Nour Association',
    es: 'Asociación Bab Nour',
  } satisfies LocalizedText,
  accountNumber: '011780000012345678901296',
  bankName: 'Bank of Africa',
  authorisationNumber: '2026/174',
  authority: 'Secrétariat général du gouvernement',
}

export const CAMPAIGN = { slug: 'dar-salma', priceMinor: 25_000n, days: 21 }

export const DREAM: Record<'ar' | 'fr' | 'en' | 'es', { title: string; summary: string; story: string }> = {
  ar: {
    title: 'دار سلمى',
    summary: 'سلمى تحلم بغرفة لها نافذة ترى منها الشمس، وبباب تغلقه أمها مطمئنة.',
    story:
      'سلمى في السادسة من عمرها، تحب الرسم وترسم كل يوم بيتا بسقف أحمر. ألف قسيمة تكفي ليصير الرسم بيتا.',
  },
  fr: {
    title: 'La maison de Salma',
    summary:
      'Salma rêve d’une chambre où entre le soleil, et d’une porte que sa mère ferme le cœur tranquille.',
    story:
      'Salma a six ans. Elle aime dessiner, et chaque jour elle dessine une maison au toit rouge. Mille coupons suffisent pour que le dessin devienne une maison.',
  },
  en: {
    title: 'Salma’s house',
    summary: 'Salma dreams of a room the sun comes into, and of a door her mother closes with an easy heart.',
    story:
      'Salma is six. She loves to draw, and every day she draws a house with a red roof. A thousand coupons are enough for the drawing to become a house.',
  },
  es: {
    title: 'La casa de Salma',
    summary: 'Salma sueña con un cuarto donde entre el sol y con una puerta que su madre cierre tranquila.',
    story:
      'Salma tiene seis años. Le encanta dibujar, y cada día dibuja una casa con el tejado rojo. Mil cupones bastan para que el dibujo sea una casa.',
  },
}

export const AMBASSADORS = [
  { slug: 'amina', name: 'Amina' },
  { slug: 'youssef', name: 'Youssef' },
  { slug: 'khadija', name: 'Khadija' },
] as const
