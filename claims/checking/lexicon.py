"""Words that decide what a sentence says: negations, limits, magnitudes, units, days.

English, German, French, Spanish, Greek, Arabic, Russian, Chinese and Hindi, in lower case as
``str.casefold`` gives it. Each kind is a set of words; a word has one kind, the first
that lists it. Chinese words are found inside a text without spaces.
"""

import re
from functools import lru_cache

from .text import without_spaces

NEGATION = "negation"
LIMIT = "limit"
COUNTER = "counter"
HEDGE = "hedge"
MODAL = "modal"
MAGNITUDE = "magnitude"
NUMBER = "number"
UNIT = "unit"
WEEKDAY = "weekday"
MONTH = "month"
DIRECTION = "direction"
QUANTITY = "quantity"

_WORDS = {
    NEGATION: """
        not no never none nor neither nothing nobody nowhere without hardly barely
        scarcely cannot
        nicht kein keine keinen keinem keiner keines nie niemals niemand niemanden
        nichts nirgends weder ohne kaum
        ne pas aucun aucune jamais rien personne nul nulle ni sans guère
        nunca jamás ningún ninguno ninguna nadie nada tampoco sin apenas
        لا لم لن ليس ليست ليسوا لست لسنا ما غير دون بدون أبدا أبدًا قط كلا بلا
        не ни нет никогда никто никого никому ничего ничто нигде никакой никакая
        никаких без нельзя едва
        नहीं न मत बिना कभी नही बगैर ना
        不 没 没有 未 無 无 非 别 勿 莫 从不 从未 并非 不是 不能 不会 毫无
        δεν δε μην μη όχι ποτέ κανείς κανένας καμία τίποτα ούτε χωρίς""",
    LIMIT: """
        unless except only if provided excluding otherwise
        außer nur falls wenn sofern ausgenommen lediglich
        sauf si seulement excepté uniquement hormis
        salvo excepto solo sólo si solamente únicamente
        إلا إذا فقط لو باستثناء سوى عدا بشرط
        кроме только если лишь исключая
        केवल सिर्फ सिर्फ़ अगर यदि सिवाय
        除非 除了 只 只有 如果 仅 仅仅 除外
        εκτός μόνο αν εάν παρά""",
    COUNTER: """
        but although though however when
        aber obwohl jedoch
        mais quoique toutefois
        pero aunque
        لكن ولكن
        но однако хотя
        लेकिन मगर परंतु हालांकि
        但 但是 然而 虽然
        αλλά όμως ωστόσο""",
    HEDGE: """
        may might could alleged allegedly reportedly apparently possibly probably
        perhaps likely unlikely supposedly purportedly suspected potentially
        könnte könnten dürfte dürften angeblich mutmaßlich vermutlich möglicherweise
        vielleicht wahrscheinlich offenbar
        pourrait pourraient peut-être probablement prétendument présumé présumée
        apparemment
        podría podrían quizá quizás probablemente supuestamente presunto presunta
        posiblemente aparentemente
        ربما قد يحتمل محتمل مزعوم زعم يزعم يبدو
        возможно вероятно якобы предположительно может могут мог могла могли кажется
        видимо
        शायद संभवतः कथित संभव
        可能 也许 或许 据称 据说 涉嫌 疑似 似乎
        ίσως πιθανόν πιθανώς δήθεν φέρεται μπορεί φαίνεται""",
    MODAL: """
        can should would must will shall ought
        kann können muss müssen soll sollen sollte sollten darf dürfen will wollen
        würde würden wird werden mag
        peut peuvent doit doivent devrait devraient faut veut veulent
        puede pueden debe deben debería deberían quiere quieren
        يجب ينبغي يمكن سوف يستطيع يريد لابد
        должен должна должно должны можно нужно надо будет будут следует обязан
        चाहिए सकता सकती सकते होगा होगी होंगे पड़ेगा
        能 会 应 应该 必须 可以 要 将 得 需要 愿意
        πρέπει θα οφείλει θέλει""",
    MAGNITUDE: """
        hundred hundreds thousand thousands million millions billion billions trillion
        trillions dozen dozens mn bn m k tn
        hundert tausend million millionen milliarde milliarden billion billionen mio
        mrd tsd dutzend
        cent cents mille million millions milliard milliards douzaine centaine
        centaines millier milliers
        cien ciento cientos mil miles millón millones billón billones docena millardo
        مئة مائة مئات ألف آلاف ألفا مليون ملايين مليونا مليونًا مليار مليارات تريليون
        сто сотни сотен тысяча тысячи тысяч тыс миллион миллиона миллионов млн
        миллиард миллиарда миллиардов млрд триллион триллиона триллионов
        सौ हज़ार हजार लाख करोड़ करोड अरब खरब
        万 亿 百万 千万 百亿 千亿 万亿
        εκατό χίλια χιλιάδες εκατομμύριο εκατομμύρια εκατ δισεκατομμύριο
        δισεκατομμύρια δισ""",
    NUMBER: """
        zero one two three four five six seven eight nine ten eleven twelve thirteen
        fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty
        sixty seventy eighty ninety first second third fourth fifth half halved quarter
        quarters double doubled triple tripled twice once
        null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig
        dreißig vierzig fünfzig sechzig siebzig achtzig neunzig halb halbe hälfte
        drittel viertel doppelt doppelte verdoppelt zweimal erste zweite dritte
        deux trois quatre cinq sept huit neuf dix onze douze treize quatorze
        quinze seize vingt trente quarante cinquante soixante moitié tiers quart
        premier première deuxième troisième
        dos tres cuatro cinco seis siete ocho nueve diez once doce trece
        catorce quince veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa
        mitad medio media tercio cuarto doble primero primera segundo tercero
        صفر واحد واحدة اثنان اثنين ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع
        ثمانية ثماني تسعة تسع عشرة عشر عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون
        خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين نصف ثلث ربع ضعف
        ноль один одна одно два две три четыре пять шесть семь восемь девять десять
        одиннадцать двенадцать двадцать тридцать сорок пятьдесят шестьдесят семьдесят
        восемьдесят девяносто половина треть четверть вдвое втрое дважды
        первый второй третий
        शून्य एक दो तीन चार पाँच पांच छह छः सात आठ नौ दस ग्यारह बारह पंद्रह बीस तीस
        चालीस पचास साठ सत्तर अस्सी नब्बे आधा आधी तिहाई दोगुना
        零 〇 一 二 两 三 四 五 六 七 八 九 十 百 千 半 倍
        μηδέν ένα δύο τρία τέσσερα πέντε έξι επτά οκτώ εννέα δέκα είκοσι μισό""",
    UNIT: """
        percent cent pct percentage square cubic point points km kilometre kilometres kilometer
        kilometers metre metres meter meters cm mm mile miles foot feet inch inches yard
        yards hectare hectares acre acres kg kilogram kilograms gram grams g mg tonne
        tonnes ton tons pound pounds lb lbs ounce ounces litre litres liter liters
        gallon gallons barrel barrels degree degrees celsius fahrenheit kelvin volt
        volts watt watts kw mw gw kwh mwh gwh hz khz mhz knots dollar dollars euro euros
        yen rupee rupees rubles roubles usd eur gbp minute minutes hour hours day
        days week weeks month months year years decade decades century centuries
        prozent prozentpunkte kilometer meter meile meilen fuß hektar kilogramm
        gramm tonnen liter grad minuten stunde stunden tag tage tagen woche wochen
        monat monate monaten jahr jahre jahren
        pour kilomètre kilomètres mètre mètres kilogramme kilogrammes grammes litres
        degrés tonnes heures jour jours semaine semaines mois ans année années
        siècle siècles francs
        ciento kilómetro kilómetros metro metros kilogramos gramos litros grados
        toneladas minutos hora horas día días semana semanas mes meses año años siglo
        بالمئة بالمائة كيلومتر كيلومترا كيلومترات متر مترا أمتار ميل كيلوغرام غرام طن
        أطنان لتر درجة درجات دقيقة دقائق ساعة ساعات يوم أيام أسبوع أسابيع شهر أشهر
        سنة سنوات عام أعوام دولار يورو ليرة
        процент процента процентов км километр километра километров метр метра метров
        миль кг килограмм килограммов грамм тонн тонны литр литров градус градусов
        минут минуты час часа часов день дня дней неделя недели недель месяц месяца
        месяцев год года лет рубль рубля рублей доллар долларов евро
        प्रतिशत फीसदी फ़ीसदी किलोमीटर किमी मीटर मील किलो किलोग्राम ग्राम टन लीटर
        डिग्री मिनट घंटा घंटे दिन सप्ताह हफ्ते महीने महीना साल वर्ष रुपये रुपए डॉलर
        公里 千米 米 厘米 英里 公斤 千克 克 吨 升 度 分钟 小时 天 周 个月 月 年 美元 欧元
        人民币 元 日元 百分点 公顷 亩
        χιλιόμετρα χλμ μέτρα κιλά τόνους βαθμούς βαθμοί ημέρες μέρες εβδομάδες μήνες χρόνια
        έτη ευρώ δολάρια""",
    WEEKDAY: """
        monday tuesday wednesday thursday friday saturday sunday mondays tuesdays
        wednesdays thursdays fridays saturdays sundays
        montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
        lundi mardi mercredi jeudi vendredi samedi dimanche
        lunes martes miércoles jueves viernes sábado domingo
        الإثنين الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
        понедельник вторник среда среду четверг пятница пятницу суббота субботу
        воскресенье
        सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार
        星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六
        周日
        δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή""",
    MONTH: """
        january february march april june july august september october november
        december jan feb apr jun jul aug sep sept oct nov dec
        januar februar märz mai juni juli oktober dezember jänner
        janvier février mars avril juin juillet août septembre octobre novembre
        décembre
        enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
        diciembre
        يناير فبراير مارس أبريل إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر
        ديسمبر شباط آذار نيسان أيار حزيران تموز آب أيلول
        январь января январе февраль февраля феврале март марта марте апрель апреля
        апреле май мая мае июнь июня июне июль июля июле август августа августе
        сентябрь сентября сентябре октябрь октября октябре ноябрь ноября ноябре
        декабрь декабря декабре
        जनवरी फरवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर अक्तूबर
        नवंबर दिसंबर
        一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月
        ιανουάριο φεβρουάριο μάρτιο απρίλιο μάιο ιούνιο ιούλιο αύγουστο σεπτέμβριο οκτώβριο
        νοέμβριο δεκέμβριο ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου
        αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου""",
    DIRECTION: """
        north south east west northern southern eastern western northeast northwest
        southeast southwest left right up down above below over under before after
        increase increased increases increasing decrease decreased decreases decreasing
        rise rises rose risen rising fall falls fell fallen falling higher lower upward
        downward inside outside gain gained lost grew shrank
        norden süden osten westen nördlich südlich östlich westlich nord süd links
        rechts oben unten über unter vor nach gestiegen gesunken stieg sank steigt sinkt
        höher niedriger
        nord sud ouest gauche droite dessus dessous avant après hausse baisse
        augmenté diminué
        norte sur este oeste izquierda derecha arriba abajo antes después subió bajó
        aumentó disminuyó encima debajo
        شمال جنوب شرق غرب الشمال الجنوب الشرق الغرب شمالي جنوبي شرقي غربي يمين يسار
        فوق تحت قبل بعد ارتفع انخفض ارتفعت انخفضت زاد زادت تراجع
        север юг восток запад севере юге востоке западе севера юга востока запада
        северный южный восточный западный слева справа выше ниже до после вырос упал
        выросла упала выросли упали
        उत्तर दक्षिण पूर्व पश्चिम ऊपर नीचे पहले बाद बढ़ा घटा बढ़ी घटी बढ़े घटे बाएँ दाएँ
        北 南 东 西 左 右 上升 下降 增加 减少 上涨 下跌 以上 以下 之前 之后 东部 西部 南部
        北部 上 下
        βόρεια νότια ανατολικά δυτικά βορρά νότο αριστερά δεξιά πάνω κάτω αυξήθηκε μειώθηκε""",
    QUANTITY: """
        all every each any some most many few fewer more less least both several always
        often sometimes rarely seldom usually almost nearly about around approximately
        roughly
        alle jeder jede jedes viele wenige mehr weniger meisten immer oft manchmal selten
        einige beide mindestens höchstens etwa rund fast ungefähr beinahe
        tous toutes chaque plusieurs plus moins toujours souvent parfois rarement
        environ presque
        todos todas cada muchos pocos más menos siempre varios casi
        aproximadamente
        كل جميع معظم كثير قليل أكثر أقل دائما دائمًا غالبا أحيانا نادرا بعض
        نحو حوالي تقريبا تقريبًا
        все всех каждый многие мало больше меньше более менее всегда часто иногда редко
        некоторые около почти примерно
        सभी हर कई कुछ अधिक कम ज्यादा ज़्यादा हमेशा अक्सर लगभग करीब क़रीब
        所有 每 全部 许多 很多 少数 更多 更少 总是 经常 有时 一些 大概 大约 约
        几乎
        όλα όλοι κάθε περισσότερο λιγότερο πάντα συχνά περίπου σχεδόν""",
}
#: The kind of each word; what is listed under two kinds has the first.
KINDS: dict[str, str] = {}
for _kind, _list in _WORDS.items():
    for _word in _list.split():
        KINDS.setdefault(_word.casefold(), _kind)

#: Verbs and words that take back what follows them: “he denied that …”.
TAKES_BACK = frozenset(
    [
        "deny",
        "denies",
        "denied",
        "denying",
        "doubt",
        "doubts",
        "doubted",
        "false",
        "falsely",
        "untrue",
        "myth",
        "hoax",
        "wrong",
        "refused",
        "rejected",
        "contrary",
        "impossible",
        "unclear",
        "untruth",
        "lie",
        "bestreitet",
        "bestritt",
        "bestreiten",
        "leugnet",
        "falsch",
        "unwahr",
        "bezweifelt",
        "unmöglich",
        "gelogen",
        "nie",
        "nier",
        "nié",
        "dément",
        "démenti",
        "faux",
        "douter",
        "impossible",
        "niega",
        "negó",
        "niegan",
        "falso",
        "falsa",
        "desmintió",
        "duda",
        "imposible",
        "نفى",
        "ينفي",
        "نفت",
        "تنفي",
        "كاذب",
        "خاطئ",
        "مستحيل",
        "إنكار",
        "نافيا",
        "отрицает",
        "отрицал",
        "отрицали",
        "опроверг",
        "опровергла",
        "ложь",
        "неправда",
        "невозможно",
        "сомневается",
        "इनकार",
        "खंडन",
        "झूठ",
        "गलत",
        "असंभव",
        "否认",
        "谎言",
        "虚假",
        "不实",
        "错误",
        "怀疑",
    ]
)
#: Beginnings and ends of words that turn their sense round, where a cut leaves them off.
TURNS_WORD = re.compile(
    r"(?:\b(?:un|no|in|im|il|ir|dis|non|mis|de|anti|counter|contra|pseudo|quasi|mid|semi"
    r"|ex|pre|post|nicht|miss|fehl|dés|dé|mal|sans|des|а?не|ни|без|бес|анти|контр|лже"
    r"|अ|अन|ना|बे|गैर|ला|لا|غير)-?)$",
    re.IGNORECASE,
)
TURNS_WORD_AFTER = re.compile(
    r"^-?(?:n?['’]?t|not|less|free|los|frei)\b", re.IGNORECASE
)
#: Units that a superscript belongs to: 5 km², not a footnote.
SQUARED = frozenset(
    [
        "km",
        "m",
        "cm",
        "mm",
        "mi",
        "ft",
        "in",
        "yd",
        "kilometre",
        "kilometres",
        "kilometer",
        "kilometers",
        "metre",
        "metres",
        "meter",
        "meters",
        "mile",
        "miles",
        "foot",
        "feet",
        "inch",
        "inches",
        "mètre",
        "mètres",
        "metro",
        "metros",
        "км",
        "м",
        "см",
        "метр",
        "метров",
        "метра",
        "كيلومتر",
        "متر",
        "मीटर",
        "किलोमीटर",
        "किमी",
    ]
)

_WITHOUT_SPACES = [word for word in KINDS if without_spaces(word[0])]
_WITHOUT_SPACES += [word for word in TAKES_BACK if without_spaces(word[0])]
_LONGEST_FIRST = sorted(_WITHOUT_SPACES, key=len, reverse=True)
#: Marks that belong to the letter before them; ``\\w`` leaves them out.
MARKS = (
    "\\u0300-\\u036f\\u0591-\\u05c7\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u0900-\\u0903"
    "\\u093a-\\u094f\\u0951-\\u0957\\u0962\\u0963\\u200c\\u200d"
)
#: A word of the lexicon in a script without spaces, any other sign of it, or a word.
WORD = re.compile(
    f"{'|'.join(_LONGEST_FIRST)}|[\\u0e00-\\u0eff\\u3040-\\u30ff\\u3400-\\u9fff]"
    rf"|[^\W\d_](?:[^\W\d_]|[{MARKS}]|['’](?=[^\W\d_]))*"
)
#: Words that a prefix may be written together with in Arabic: and, then, by, for, the.
_ARABIC_PREFIX = re.compile("^(?:[وف]?ال|[وفبلك])(?=..)")


@lru_cache(maxsize=4096)
def kind_of(word: str) -> str | None:
    """Return the kind of a word as written; ``None``: it decides nothing by itself."""
    if word == "May":
        return MONTH
    plain = word.casefold().replace("’", "'")
    if plain.endswith("n't") or plain.startswith("n'"):
        return NEGATION  # English: don't; French: n'est
    if plain.startswith(("d'", "l'", "qu'")):
        plain = plain.partition("'")[2]
    return KINDS.get(plain) or KINDS.get(_ARABIC_PREFIX.sub("", plain))
