import type { SeededAppeal } from './appeal.ts'

/** The delivered campaign. The child is invented. */
export const DAR_ILYAS: SeededAppeal = {
  slug: 'dar-ilyas',
  dream: {
    ar: {
      title: 'دار إلياس',
      summary: 'إلياس في التاسعة من عمره، يعرف أسماء النجوم، وحلمه نافذة تطل على السماء.',
      story: `إلياس في التاسعة من عمره، ويعرف أسماء اثنتين وعشرين نجمة. تعلّمها من كتاب أعارته إياه معلمته، وصار يحفظه عن ظهر قلب.

في الغرفة التي يتقاسمها خمسة أفراد لا توجد نافذة. لذلك يصعد إلياس كل مساء إلى السطح مع جدته: تحكي له عن مواسم الحصاد القديمة، ويريها النسر الواقع. يقول لها: «حين يكون لنا بيت، سترينه من سريرك».

ألف قسيمة، وبيت، ونافذة تطل على السماء. هذا هو الحلم كله، وموعده واحد وعشرون يوما.

حمايةً لطفولة إلياس غيّرنا اسمه، ولا ننشر له أي صورة.`,
    },
    fr: {
      title: 'La maison d’Ilyas',
      summary: 'Ilyas a neuf ans, connaît le nom des étoiles et rêve d’une fenêtre sur le ciel.',
      story: `Ilyas a neuf ans et connaît le nom de vingt-deux étoiles. Il les a apprises dans un livre prêté par son institutrice, qu’il sait maintenant par cœur.

La chambre qu’ils partagent à cinq n’a pas de fenêtre. Alors, le soir, Ilyas monte sur la terrasse avec sa grand-mère : elle lui raconte les moissons d’autrefois, il lui montre Véga. « Quand on aura notre maison, tu la verras depuis ton lit. »

Mille coupons, une maison, une fenêtre tournée vers le ciel. C’est tout le rêve, et il tient en vingt et un jours.

Pour protéger l’enfance d’Ilyas, nous avons changé son prénom et nous ne montrons pas de photo.`,
    },
    en: {
      title: 'Ilyas’s home',
      summary: 'Ilyas is nine, knows the names of the stars, and dreams of a window on the sky.',
      story: `Ilyas is nine and knows twenty-two stars by name. He learned them from a book his teacher lent him, and now he knows the book by heart.

The room the five of them share has no window. So in the evening Ilyas goes up to the roof terrace with his grandmother: she tells him about the harvests of long ago, he shows her Vega. “When we have our home, you will see it from your bed.”

A thousand coupons, a home, a window that looks at the sky. That is the whole dream, and it fits into twenty-one days.

To protect Ilyas’s childhood, we have changed his name and we show no photo.`,
    },
    es: {
      title: 'La casa de Ilyas',
      summary:
        'Ilyas tiene nueve años, se sabe los nombres de las estrellas y sueña con una ventana al cielo.',
      story: `Ilyas tiene nueve años y conoce veintidós estrellas por su nombre. Las aprendió en un libro que le prestó su maestra y que ya se sabe de memoria.

El cuarto que comparten los cinco no tiene ventana. Por eso, al caer la tarde, Ilyas sube a la azotea con su abuela: ella le cuenta las cosechas de antes, él le enseña Vega. «Cuando tengamos casa, la verás desde tu cama».

Mil cupones, una casa, una ventana que mira al cielo. Ese es todo el sueño, y cabe en veintiún días.

Para proteger la infancia de Ilyas, hemos cambiado su nombre y no mostramos ninguna foto.`,
    },
  },
  news: [
    {
      when: { day: -8, hour: 12 },
      title: {
        ar: 'كل شيء جاهز',
        fr: 'Tout est prêt',
        en: 'Everything is ready',
        es: 'Todo está listo',
      },
      body: {
        ar: 'الترخيص بين أيدينا، وحساب الجمعية مفتوح، وثلاثة أصدقاء مستعدون: أمينة وحمزة وزينب.',
        fr: 'L’autorisation est là, le compte de l’association est ouvert, et trois amis sont prêts : Amina, Hamza et Zineb.',
        en: 'The authorisation is here, the association’s account is open, and three friends are ready: Amina, Hamza and Zineb.',
        es: 'La autorización está aquí, la cuenta de la asociación está abierta y tres amigos están listos: Amina, Hamza y Zineb.',
      },
    },
    {
      when: { given: 1 },
      title: {
        ar: 'القسيمة رقم 1',
        fr: 'Le coupon n° 1',
        en: 'Coupon no. 1',
        es: 'El cupón n.º 1',
      },
      body: {
        ar: 'أُعطيت القسيمة الأولى. ما زال الطريق طويلا، لكنه بدأ.',
        fr: 'Le premier coupon est donné. La route est longue, mais elle a commencé.',
        en: 'The first coupon has been given. The road is long, but it has begun.',
        es: 'El primer cupón ya está dado. El camino es largo, pero ha empezado.',
      },
    },
    {
      when: { given: 500 },
      title: {
        ar: 'بلغنا منتصف الطريق',
        fr: 'À mi-chemin',
        en: 'Half-way',
        es: 'A mitad de camino',
      },
      body: {
        ar: 'خمسمئة قسيمة، ومئات الأشخاص الذين لا يعرف بعضهم بعضا ويبنون البيت نفسه.',
        fr: 'Cinq cents coupons, et des centaines de personnes qui ne se connaissent pas et bâtissent la même maison.',
        en: 'Five hundred coupons, and hundreds of people who have never met are building the same home.',
        es: 'Quinientos cupones, y cientos de personas que no se conocen construyen la misma casa.',
      },
    },
    {
      when: { given: 1000 },
      title: {
        ar: 'ألف قسيمة في تسعة أيام',
        fr: 'Mille coupons en neuf jours',
        en: 'A thousand coupons in nine days',
        es: 'Mil cupones en nueve días',
      },
      body: {
        ar: 'اكتمل البيت على الورق. شكرا لكل يد وضعت لبنة. نبدأ الآن مع الأسرة البحث عن السكن.',
        fr: 'Sur le papier, la maison est entière. Merci à chaque main qui a posé une brique. Avec la famille, nous cherchons maintenant le logement.',
        en: 'On paper the home is whole. Thank you to every hand that laid a brick. Together with the family we now look for the place.',
        es: 'Sobre el papel, la casa está entera. Gracias a cada mano que puso un ladrillo. Ahora buscamos la vivienda con la familia.',
      },
    },
    {
      when: { day: 48, hour: 16 },
      title: {
        ar: 'وُقّع العقد',
        fr: 'L’acte est signé',
        en: 'The deed is signed',
        es: 'La escritura está firmada',
      },
      body: {
        ar: 'وقّعت الأسرة عقد بيتها أمام الموثق، والتسجيل في المحافظة العقارية جارٍ. المصاريف كلها منشورة في هذه الصفحة.',
        fr: 'La famille a signé devant notaire l’acte de sa maison, et l’inscription à la conservation foncière est en cours. Toutes les dépenses sont sur cette page.',
        en: 'The family has signed the deed of its home before the notary, and the entry in the land register is under way. Every expense is on this page.',
        es: 'La familia ha firmado ante notario la escritura de su casa, y la inscripción en el registro está en marcha. Todos los gastos están en esta página.',
      },
    },
    {
      when: { day: 66, hour: 18 },
      title: {
        ar: 'المفاتيح',
        fr: 'Les clés',
        en: 'The keys',
        es: 'Las llaves',
      },
      body: {
        ar: 'أدار إلياس المفتاح بنفسه، ثم ركض إلى النافذة. في الليلة الأولى نامت جدته والستارة مفتوحة.',
        fr: 'Ilyas a tourné la clé lui-même, puis il a couru à la fenêtre. La première nuit, sa grand-mère a dormi rideau ouvert.',
        en: 'Ilyas turned the key himself, then ran to the window. On the first night his grandmother slept with the curtain open.',
        es: 'Ilyas giró la llave él mismo y corrió a la ventana. La primera noche, su abuela durmió con la cortina abierta.',
      },
    },
    {
      when: { day: 248, hour: 11 },
      title: {
        ar: 'بعد ستة أشهر',
        fr: 'Six mois après',
        en: 'Six months on',
        es: 'Seis meses después',
      },
      body: {
        ar: 'زرنا الأسرة بدعوة منها. على طاولة إلياس كتاب جديد، وهو اليوم يعرف واحدا وأربعين اسما.',
        fr: 'La famille nous a invités. Sur la table d’Ilyas, il y a un nouveau livre : il connaît maintenant quarante et une étoiles.',
        en: 'The family invited us. There is a new book on Ilyas’s table: he now knows forty-one stars.',
        es: 'La familia nos ha invitado. En la mesa de Ilyas hay un libro nuevo: ya conoce cuarenta y una estrellas.',
      },
    },
  ],
  words: [
    { lang: 'ar', name: 'خديجة', text: 'نجمة لكل ليلة يا إلياس، ونافذة لكل النجوم.' },
    { lang: 'fr', name: 'Driss', text: 'Garde une étoile pour chacun de nous mille.' },
    { lang: 'ar', name: 'عبد الرحيم', text: 'إلى الجدة: بيتك في انتظارك.' },
    {
      lang: 'fr',
      name: 'Le club de lecture du jeudi',
      text: 'Un livre prêté, une maison donnée. Merci à l’institutrice.',
    },
    { lang: 'en', name: 'Sarah', text: 'Look up for us too.' },
    { lang: 'es', name: 'Lucía', text: 'Esta noche buscaré Vega desde mi balcón.' },
    { lang: 'ar', name: null, text: 'اللهم اجعلها دار خير وعلم.' },
    { lang: 'fr', name: 'Naïma', text: 'On n’offre pas un mur, on ouvre une fenêtre.' },
  ],
  // Together 250,000 MAD: exactly what a thousand coupons of 250 MAD brought.
  spending: [
    {
      day: 48,
      amountMinor: 22_800_000n,
      purpose: {
        ar: 'ثمن البيت: ثلاث غرف وسطح',
        fr: 'Le prix de la maison : trois pièces et une terrasse',
        en: 'The price of the home: three rooms and a roof terrace',
        es: 'El precio de la casa: tres habitaciones y una azotea',
      },
    },
    {
      day: 48,
      amountMinor: 446_000n,
      purpose: {
        ar: 'أتعاب الموثق وتحرير العقد',
        fr: 'Le notaire et la rédaction de l’acte',
        en: 'The notary and the drawing up of the deed',
        es: 'El notario y la redacción de la escritura',
      },
    },
    {
      day: 52,
      amountMinor: 912_000n,
      purpose: {
        ar: 'واجبات التسجيل',
        fr: 'Les droits d’enregistrement',
        en: 'The registration duties',
        es: 'Los derechos de registro',
      },
    },
    {
      day: 55,
      amountMinor: 342_000n,
      purpose: {
        ar: 'التقييد في المحافظة العقارية',
        fr: 'L’inscription à la conservation foncière',
        en: 'The entry in the land register',
        es: 'La inscripción en el registro de la propiedad',
      },
    },
    {
      day: 64,
      amountMinor: 500_000n,
      purpose: {
        ar: 'الانتقال والأثاث الأول: أسرّة وطاولة وستائر',
        fr: 'L’emménagement et les premiers meubles : des lits, une table, des rideaux',
        en: 'Moving in and the first furniture: beds, a table, curtains',
        es: 'La mudanza y los primeros muebles: camas, una mesa, cortinas',
      },
    },
  ],
}
