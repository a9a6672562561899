import type { Dream } from '../../src/organisers/dream.ts'

/** The story told on the page of a replay: how it began, with invented people. */
export const FOUNDING_REPLAY: { readonly slug: string; readonly dream: Required<Dream> } = {
  slug: 'founding-replay',
  dream: {
    ar: {
      title: 'ألف قسيمة في عشرة أيام',
      summary: 'ثلاثة أصدقاء، وألف قسيمة، وبيت واحد: هكذا بدأت الحكاية، وهذه الصفحة تعيدها أمامك.',
      story: `في سنة 2019، في الدار البيضاء، اقترح ثلاثة أصدقاء ألف قسيمة على الأهل والأصدقاء والزملاء. في أقل من عشرة أيام اكتملت القسائم، وانتقلت أسرة إلى بيتها.

هذه الصفحة تعيد إيقاع تلك الأيام بأشخاص من نسج الخيال: كل يوم يمرّ في ثوان، وكل قسيمة لبنة تظهر في مكانها.`,
    },
    fr: {
      title: 'Mille coupons en dix jours',
      summary: 'Trois amis, mille coupons, une maison : tout a commencé ainsi, et cette page le rejoue.',
      story: `En 2019, à Casablanca, trois amis ont proposé mille coupons à leurs familles, à leurs amis et à leurs collègues. En moins de dix jours, tout était donné, et une famille emménageait chez elle.

Cette page rejoue le rythme de ces jours-là avec des personnes inventées : chaque journée passe en quelques secondes, et chaque coupon est une brique qui prend sa place.`,
    },
    en: {
      title: 'A thousand coupons in ten days',
      summary:
        'Three friends, a thousand coupons, one home: that is how it began, and this page plays it again.',
      story: `In 2019, in Casablanca, three friends offered a thousand coupons to their families, their friends and the people they worked with. In under ten days all were given, and a family moved into its home.

This page plays the rhythm of those days again with invented people: every day passes in seconds, and every coupon is a brick that takes its place.`,
    },
    es: {
      title: 'Mil cupones en diez días',
      summary: 'Tres amigos, mil cupones, una casa: así empezó todo, y esta página lo vuelve a contar.',
      story: `En 2019, en Casablanca, tres amigos ofrecieron mil cupones a sus familias, a sus amistades y a sus compañeros de trabajo. En menos de diez días estaban todos dados, y una familia se mudaba a su casa.

Esta página repite el ritmo de aquellos días con personas inventadas: cada día pasa en unos segundos y cada cupón es un ladrillo que ocupa su lugar.`,
    },
  },
}
