import type { Said } from './said.ts'

/** An ambassador of dignity of the demonstration. */
export interface SeededAmbassador {
  readonly slug: string
  readonly name: string
  readonly firstWords: Said
  /** Who invited them; `contributor` gave coupons of the delivered campaign first. */
  readonly came: 'first' | 'contributor' | { readonly invitedBy: string }
  /** The day of joining, counted from the first of the delivered campaign as 1. */
  readonly joinedOnDay: number
}

export const AMBASSADORS: readonly SeededAmbassador[] = [
  {
    slug: 'amina',
    name: 'Amina',
    came: 'first',
    joinedOnDay: -15,
    firstWords: {
      ar: 'بدأت بجاراتي وبزميلاتي في العمل. قسيمة بعد قسيمة، صار للأسرة باب.',
      fr: 'J’ai commencé par mes voisines et mes collègues. De coupon en coupon, une famille a eu sa porte.',
      en: 'I began with my neighbours and the people I work with. Coupon by coupon, a family got its door.',
      es: 'Empecé por mis vecinas y mis compañeras de trabajo. Cupón a cupón, una familia tuvo su puerta.',
    },
  },
  {
    slug: 'hamza',
    name: 'Hamza',
    came: 'first',
    joinedOnDay: -14,
    firstWords: {
      ar: 'لا أطلب صدقة، بل أدعوك إلى أن نبني معا.',
      fr: 'Je ne demande pas la charité : je t’invite à bâtir avec nous.',
      en: 'I am not asking for charity. I am inviting you to build with us.',
      es: 'No pido limosna: te invito a construir con nosotros.',
    },
  },
  {
    slug: 'zineb',
    name: 'Zineb',
    came: 'first',
    joinedOnDay: -13,
    firstWords: {
      ar: 'أجمل رسالة وصلتني: «رأيت ضوءا في نافذتهم».',
      fr: 'Le plus beau message que j’ai reçu : « J’ai vu de la lumière à leur fenêtre. »',
      en: 'The best message I ever got: “I saw a light in their window.”',
      es: 'El mensaje más bonito que me ha llegado: «He visto luz en su ventana».',
    },
  },
  {
    slug: 'ghita',
    name: 'Ghita',
    came: 'contributor',
    joinedOnDay: 70,
    firstWords: {
      ar: 'أخذت قسيمة واحدة، ثم تابعت الحكاية حتى المفاتيح. واليوم أقترحها عليك.',
      fr: 'J’ai pris un coupon et j’ai suivi l’histoire jusqu’aux clés. Aujourd’hui, c’est moi qui vous le propose.',
      en: 'I took one coupon and followed the story all the way to the keys. Today it is I who offer one to you.',
      es: 'Tomé un cupón y seguí la historia hasta las llaves. Hoy soy yo quien te lo ofrece.',
    },
  },
  {
    slug: 'omar',
    name: 'Omar',
    came: { invitedBy: 'amina' },
    joinedOnDay: 330,
    firstWords: {
      ar: 'دكاني صغير، لكن كل من يدخله يسمع بحلم هبة.',
      fr: 'Ma boutique est petite, mais tous ceux qui y entrent entendent parler du rêve de Hiba.',
      en: 'My shop is small, but everyone who comes in hears about Hiba’s dream.',
      es: 'Mi tienda es pequeña, pero todo el que entra oye hablar del sueño de Hiba.',
    },
  },
  {
    slug: 'meryem',
    name: 'Meryem',
    came: { invitedBy: 'hamza' },
    joinedOnDay: 352,
    firstWords: {
      ar: 'أعيش بعيدا عن البلاد، وهذه طريقتي في أن أدق بابا في الدار البيضاء.',
      fr: 'Je vis loin du pays. C’est ma façon de frapper à une porte de Casablanca.',
      en: 'I live far from home. This is my way of knocking on a door in Casablanca.',
      es: 'Vivo lejos de mi tierra. Esta es mi manera de llamar a una puerta de Casablanca.',
    },
  },
]
