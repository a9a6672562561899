import type { SeededAppeal } from './appeal.ts'

/** The live campaign. The child is invented. */
export const DAR_HIBA: SeededAppeal = {
  slug: 'dar-hiba',
  dream: {
    ar: {
      title: 'دار هبة',
      summary: 'هبة في السابعة من عمرها، وحلمها باب تدقّه صديقاتها.',
      story: `هبة في السابعة من عمرها، ولها سؤال عن كل شيء. في القسم هي أول من ترفع يدها. وفي المساء تنجز واجباتها على الدرجة الثالثة من السلّم، حيث الضوء جيد، ثم ترتّب محفظتها كمن يرتّب كنزا.

حين ترسم هبة بيتا تبدأ دائما بالباب: باب أزرق، وبجانبه جرس واسمها. تقول: «هكذا تعرف صديقاتي أين يدققن». أمها خيّاطة، وأبوها يصلح الدراجات، وقد ادّخرا ما استطاعا. لا ينقصهم إلا سقف يبقى لهم.

ألف قسيمة هي ألف إنسان حول باب واحد: غرفتان صغيرتان، ونافذة، وطاولة للواجبات، وعقد باسم الأسرة. والباقي على هبة، فقد اختارت لون الباب.

حمايةً لطفولة هبة غيّرنا اسمها، ولا ننشر لها أي صورة.`,
    },
    fr: {
      title: 'La maison de Hiba',
      summary: 'Hiba a sept ans et rêve d’une porte où ses amies pourront frapper.',
      story: `Hiba a sept ans et une question pour tout. À l’école, c’est elle qui lève la main la première. Le soir, elle fait ses devoirs sur la troisième marche de l’escalier, là où la lumière est bonne, et elle range son cartable comme on range un trésor.

Quand elle dessine une maison, elle commence toujours par la porte : bleue, avec une sonnette et son prénom à côté. « Comme ça, mes amies sauront où frapper. » Sa mère coud, son père répare des vélos, et ils ont mis de côté ce qu’ils ont pu. Il leur manque un toit qui reste le leur.

Mille coupons, ce sont mille personnes autour d’une même porte : deux petites pièces, une fenêtre, une table pour les devoirs et un acte au nom de la famille. Hiba se charge du reste : la couleur de la porte est déjà choisie.

Pour protéger l’enfance de Hiba, nous avons changé son prénom et nous ne montrons pas de photo.`,
    },
    en: {
      title: 'Hiba’s home',
      summary: 'Hiba is seven, and she dreams of a door her friends can knock on.',
      story: `Hiba is seven and has a question about everything. At school hers is the first hand to go up. In the evening she does her homework on the third step of the stairs, where the light is good, and packs her schoolbag as if it held treasure.

When she draws a house, she always starts with the door: blue, with a bell and her name beside it. “So my friends know where to knock.” Her mother sews, her father mends bicycles, and they have put aside what they could. What is missing is a roof that stays theirs.

A thousand coupons are a thousand people around one door: two small rooms, a window, a table for homework and a deed in the family’s name. Hiba will see to the rest: she has already chosen the colour of the door.

To protect Hiba’s childhood, we have changed her name and we show no photo.`,
    },
    es: {
      title: 'La casa de Hiba',
      summary: 'Hiba tiene siete años y sueña con una puerta a la que llamen sus amigas.',
      story: `Hiba tiene siete años y una pregunta para todo. En clase, la suya es la primera mano que se levanta. Por la tarde hace los deberes en el tercer peldaño de la escalera, donde la luz es buena, y guarda la mochila como quien guarda un tesoro.

Cuando dibuja una casa, empieza siempre por la puerta: azul, con un timbre y su nombre al lado. «Así mis amigas sabrán adónde llamar». Su madre cose, su padre arregla bicicletas y han ahorrado lo que han podido. Les falta un techo que siga siendo suyo.

Mil cupones son mil personas alrededor de una misma puerta: dos cuartos pequeños, una ventana, una mesa para los deberes y una escritura a nombre de la familia. Del resto se encarga Hiba: el color de la puerta ya está elegido.

Para proteger la infancia de Hiba, hemos cambiado su nombre y no mostramos ninguna foto.`,
    },
  },
  news: [
    {
      when: { day: -18, hour: 11 },
      title: {
        ar: 'وصل الترخيص',
        fr: 'L’autorisation est arrivée',
        en: 'The authorisation has come',
        es: 'Ha llegado la autorización',
      },
      body: {
        ar: 'حصلت الجمعية على الترخيص بجمع المساهمات، وفُتح حساب الحملة. رقم الترخيص ومدته منشوران في هذه الصفحة.',
        fr: 'L’association a reçu l’autorisation de collecter et le compte de la campagne est ouvert. Le numéro et la durée de l’autorisation figurent sur cette page.',
        en: 'The association has been authorised to collect, and the account of the campaign is open. The number and the dates of the authorisation are on this page.',
        es: 'La asociación ha recibido la autorización para recaudar y la cuenta de la campaña está abierta. El número y las fechas de la autorización figuran en esta página.',
      },
    },
    {
      when: { given: 1 },
      title: {
        ar: 'القسيمة الأولى',
        fr: 'Le premier coupon',
        en: 'The first coupon',
        es: 'El primer cupón',
      },
      body: {
        ar: 'وُضعت اللبنة الأولى في بيت هبة. شكرا لمن فتح الطريق!',
        fr: 'La première brique de la maison de Hiba est posée. Merci d’avoir ouvert le chemin !',
        en: 'The first brick of Hiba’s home is laid. Thank you for opening the way!',
        es: 'Ya está puesto el primer ladrillo de la casa de Hiba. ¡Gracias por abrir el camino!',
      },
    },
    {
      when: { given: 500 },
      title: {
        ar: 'نصف البيت',
        fr: 'La moitié de la maison',
        en: 'Half a home',
        es: 'Media casa',
      },
      body: {
        ar: 'خمسمئة قسيمة: صار للبيت أساس وجدران. رسمت هبة الباب مرة أخرى، وجعلته هذه المرة أكبر.',
        fr: 'Cinq cents coupons : la maison a ses fondations et ses murs. Hiba a redessiné la porte, plus grande cette fois.',
        en: 'Five hundred coupons: the home has its foundations and its walls. Hiba has drawn the door again, bigger this time.',
        es: 'Quinientos cupones: la casa ya tiene cimientos y paredes. Hiba ha vuelto a dibujar la puerta, esta vez más grande.',
      },
    },
  ],
  words: [
    { lang: 'ar', name: 'سعاد', text: 'لكل طفلة الحق في باب تفتحه لصديقاتها. مرحبا بك يا هبة في بيتك.' },
    { lang: 'fr', name: 'Karim', text: 'J’ai fait mes devoirs dans un escalier, moi aussi. Courage, Hiba !' },
    {
      lang: 'ar',
      name: 'أساتذة القسم الخامس',
      text: 'من تلاميذنا إلى هبة: ننتظر أن ترفعي يدك من غرفتك الجديدة.',
    },
    { lang: 'es', name: 'Vecinos de Tetuán', text: 'Desde el norte, un ladrillo para tu puerta azul.' },
    {
      lang: 'fr',
      name: 'Les collègues de la pharmacie',
      text: 'Cinq coupons, cinq voisines de plus autour de ta porte.',
    },
    { lang: 'en', name: 'Nora', text: 'I will come and ring that bell one day.' },
    { lang: 'ar', name: null, text: 'بيت واحد اليوم، وحيّ كامل غدا إن شاء الله.' },
    { lang: 'fr', name: 'Une grand-mère de Rabat', text: 'Pour que la table des devoirs soit solide.' },
    { lang: 'ar', name: 'رقية', text: 'من خيّاطة إلى خيّاطة: مبروك مسبقا.', waits: true },
    { lang: 'en', name: 'Ismail', text: 'My daughter gave her birthday money for one brick.', waits: true },
    { lang: 'es', name: 'Carmen', text: 'Que nunca falte luz en esa ventana.', waits: true },
  ],
  spending: [],
}
