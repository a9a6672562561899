import type { SeededAppeal } from './appeal.ts'

/** The upcoming campaign. The child is invented. */
export const DAR_YAHYA: SeededAppeal = {
  slug: 'dar-yahya',
  dream: {
    ar: {
      title: 'دار يحيى',
      summary: 'يحيى في الثامنة من عمره، يحتفظ بشجرة تين في دلو، ويبحث لها عن حوش.',
      story: `يحيى في الثامنة من عمره. في الربيع وجد على جانب الطريق غصن تين مقطوعا، فغرسه في دلو، ورافقه الدلو في ثلاثة مساكن. صار للتينة اليوم إحدى عشرة ورقة.

يعدّها يحيى كل صباح مع أخته الصغيرة قبل المدرسة. أمه تعمل ليلا في مصحة، وتعود حين يخرجان، فيقولون لبعضهم «صباح الخير» و«تصبحين على خير» في آن واحد.

بيت له حوش صغير: تراب للتينة، وغرفة هادئة تنام فيها الأم صباحا، وعنوان واحد لأكثر من سنة دراسية. تبدأ الحملة قريبا، وأول القسائم سيكون أول حفنة من تراب.

حمايةً لطفولة يحيى غيّرنا اسمه، ولا ننشر له أي صورة.`,
    },
    fr: {
      title: 'La maison de Yahya',
      summary: 'Yahya a huit ans et un figuier dans un seau : il lui cherche une cour.',
      story: `Yahya a huit ans. Au printemps, il a trouvé au bord du chemin une branche de figuier coupée. Il l’a plantée dans un seau, et le seau l’a suivi dans trois logements. Le figuier a maintenant onze feuilles.

Chaque matin avant l’école, Yahya les compte avec sa petite sœur. Leur mère travaille de nuit dans une clinique et rentre à l’heure où ils partent : ils se disent bonjour et bonne nuit en même temps.

Une maison avec une petite cour : de la terre pour le figuier, une chambre calme pour les matins de leur mère, et la même adresse plus d’une année scolaire. La campagne ouvre bientôt ; le premier coupon sera la première poignée de terre.

Pour protéger l’enfance de Yahya, nous avons changé son prénom et nous ne montrons pas de photo.`,
    },
    en: {
      title: 'Yahya’s home',
      summary: 'Yahya is eight and keeps a fig tree in a bucket. He is looking for a yard for it.',
      story: `Yahya is eight. In spring he found a cut fig branch by the roadside. He planted it in a bucket, and the bucket has followed him through three lodgings. The fig tree now has eleven leaves.

Every morning before school Yahya counts them with his little sister. Their mother works nights in a clinic and comes home as they leave, so they say good morning and good night at the same time.

A home with a small yard: earth for the fig tree, a quiet room for their mother’s mornings, and one address for more than a school year. The campaign opens soon; the first coupon will be the first handful of earth.

To protect Yahya’s childhood, we have changed his name and we show no photo.`,
    },
    es: {
      title: 'La casa de Yahya',
      summary: 'Yahya tiene ocho años y una higuera en un cubo: le busca un patio.',
      story: `Yahya tiene ocho años. En primavera encontró junto al camino una rama de higuera cortada. La plantó en un cubo, y el cubo lo ha seguido por tres viviendas. La higuera ya tiene once hojas.

Cada mañana, antes de ir a la escuela, Yahya las cuenta con su hermana pequeña. Su madre trabaja de noche en una clínica y llega a casa cuando ellos salen: se dicen buenos días y buenas noches a la vez.

Una casa con un patio pequeño: tierra para la higuera, un cuarto tranquilo para las mañanas de su madre y la misma dirección durante más de un curso. La campaña abre pronto; el primer cupón será el primer puñado de tierra.

Para proteger la infancia de Yahya, hemos cambiado su nombre y no mostramos ninguna foto.`,
    },
  },
  news: [
    {
      when: { day: -29, hour: 17 },
      title: {
        ar: 'الحلم القادم',
        fr: 'Le prochain rêve',
        en: 'The next dream',
        es: 'El próximo sueño',
      },
      body: {
        ar: 'التقينا بأسرة يحيى واتفقنا معها على ما نحكيه وما نحتفظ به. موعدنا في أول يوم من الحملة.',
        fr: 'Nous avons rencontré la famille de Yahya et décidé avec elle de ce que nous racontons et de ce que nous gardons. Rendez-vous au premier jour de la campagne.',
        en: 'We have met Yahya’s family and agreed with them on what we tell and what we keep. See you on the first day of the campaign.',
        es: 'Hemos conocido a la familia de Yahya y acordado con ella qué contamos y qué guardamos. Nos vemos el primer día de la campaña.',
      },
    },
  ],
  words: [],
  spending: [],
}
