"""The words of attribution in English: cue verbs with their forms, and small words."""


def words(text: str) -> frozenset[str]:
    """Return the words of a text that lists them."""
    return frozenset(text.split())


_SPEECH = (
    "say tell write add note state explain claim argue insist declare announce report "
    "reply respond answer remark observe comment recall acknowledge admit concede "
    "confirm stress emphasize emphasise warn caution suggest assert maintain contend "
    "allege testify reveal disclose tweet post quip joke continue conclude mention "
    "predict forecast estimate believe think know feel guess assume reckon suspect "
    "doubt find show indicate prove demonstrate imply signal vow promise pledge swear "
    "propose recommend complain boast brag lament rule decide determine learn "
    "exclaim shout whisper murmur retort counter interject advise inform notify assure "
    "reassure remind convince persuade repeat reiterate underline underscore highlight "
    "outline echo summarize summarise elaborate clarify specify calculate discover "
    "speculate theorize opine imagine foresee anticipate realize realise recognize "
    "recognise deny dispute agree wonder ask hope fear worry expect stipulate reason "
    "joke scoff sigh sneer recount relate relay tout hint profess proclaim "
    "pronounce attest certify vouch affirm aver avow caution"
)
_ATTITUDE = (
    "want intend plan aim seek refuse decline threaten offer demand urge call describe "
    "portray characterize characterise cite quote criticize criticise support oppose "
    "favor favour back endorse reject dismiss accept approve welcome praise applaud "
    "hail laud celebrate condemn denounce decry slam blast attack fault blame accuse "
    "mock ridicule defend regret question attribute credit refer consider regard view deem "
    "prefer need wish dislike love hate reject rebut refute challenge contest request "
    "discuss detail present unveil promote advocate press raise address bemoan deplore "
    "rebuke chide berate scold apologize apologise complain object protest label dub "
    "brand compare liken invoke reference tout"
)
_IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote written writing",
    "think": "thinks thought thinking",
    "know": "knows knew known knowing",
    "feel": "feels felt feeling",
    "find": "finds found finding",
    "show": "shows showed shown showing",
    "swear": "swears swore sworn swearing",
    "forecast": "forecasts forecast forecasting",
    "foresee": "foresees foresaw foreseen foreseeing",
    "seek": "seeks sought seeking",
    "deny": "denies denied denying",
    "reply": "replies replied replying",
    "testify": "testifies testified testifying",
    "imply": "implies implied implying",
    "specify": "specifies specified specifying",
    "notify": "notifies notified notifying",
    "certify": "certifies certified certifying",
    "clarify": "clarifies clarified clarifying",
    "worry": "worries worried worrying",
    "decry": "decries decried decrying",
    "admit": "admits admitted admitting",
    "quip": "quips quipped quipping",
    "plan": "plans planned planning",
    "brag": "brags bragged bragging",
    "aver": "avers averred averring",
    "rebut": "rebuts rebutted rebutting",
    "refer": "refers referred referring",
    "prefer": "prefers preferred preferring",
    "slam": "slams slammed slamming",
    "dub": "dubs dubbed dubbing",
    "label": "labels labelled labeled labelling labeling",
    "signal": "signals signalled signaled signalling signaling",
    "relate": "relates related relating",
    "learn": "learns learned learnt learning",
}
#: Verbs whose noun forms are so common that the bare form needs a clear subject.
PARTICLES = {
    "point": ("out", "to"),
    "call": ("for", "on"),
    "put": ("it",),
    "go": ("on",),
    "believe": ("in",),
    "complain": ("about",),
    "ask": ("for",),
    "respond": ("to",),
    "reply": ("to",),
    "refer": ("to",),
    "object": ("to",),
    "think": ("about",),
}
#: Whom one tells something stands between the verb and what is told.
WITH_LISTENER = words(
    "tell inform notify assure reassure remind warn advise convince persuade ask urge"
)


def _forms(verb: str) -> list[str]:
    """Return base, third person, past, participle and -ing, in this order."""
    if verb in _IRREGULAR:
        return [verb, *_IRREGULAR[verb].split()]
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    ending = "es" if verb.endswith(("s", "sh", "ch", "x")) else "s"
    return [verb, verb + ending, verb + "ed", verb + "ing"]


SPEECH = frozenset(_SPEECH.split())
ATTITUDE = frozenset(_ATTITUDE.split()) - SPEECH
VERBS = {
    form: verb for verb in sorted(ATTITUDE) + sorted(SPEECH) for form in _forms(verb)
} | {"points": "point", "pointed": "point", "pointing": "point", "point": "point"}
VERBS |= {"put": "put", "puts": "put", "went": "go", "goes": "go"}
#: Verbs that are cues only with one of their particles.
NEEDS_PARTICLE = frozenset({"point", "put", "go"})
#: Forms that are as often nouns or plain past participles.
BASE_FORMS = frozenset(VERBS.values())
GERUNDS = frozenset(form for form in VERBS if form.endswith("ing"))

#: Forms in -ing that hand on a subject without a comma: “confirmed this saying it …”.
BARE_GERUNDS = words("saying adding arguing insisting claiming noting stating")
#: Participles of hearsay: “is believed to”, “was reported that”.
HEARD = words(
    "believed said thought reported estimated expected alleged understood feared "
    "considered rumoured rumored assumed claimed accused projected predicted "
    "suspected deemed regarded told forecast presumed blamed charged credited "
    "urged asked warned criticised criticized condemned praised"
)
NOUNS = words(
    "claim claims assertion allegation allegations accusation statement report "
    "reports belief view opinion argument suggestion warning conclusion finding "
    "findings prediction promise pledge announcement admission insistence "
    "contention fear fears hope hopes complaint concern concerns rumour rumor "
    "rumours rumors charge notion assessment assurance acknowledgement denial "
    "demand vow testimony estimate"
)
#: Past forms that do not end in -ed, to know a clause by.
STRONG_PASTS = words(
    "grew fell rose went came took made held met won lost ran began broke built "
    "bought brought caught cut drew drove felt fought flew forgot gave got hit "
    "kept knew laid led lay paid sang sat saw sent shot sold spent spoke stood "
    "stole struck swept taught threw woke wore became left dropped sank shrank "
    "spread burst"
)
#: Forms in -s that are plural nouns as often as verbs.
PLURAL_NOUNS = words(
    "claims reports notes states comments remarks charges plans demands fears "
    "hopes estimates forecasts attacks questions views calls offers guesses "
    "promises pledges threats hints signals wishes needs details presents "
    "features requests challenges contests brands labels answers echoes doubts "
    "worries references posts tweets jokes quips suspects approaches addresses "
    "quotes boasts reasons outlines objects"
)
HEARSAY = frozenset({"reportedly", "allegedly", "supposedly", "purportedly"})

BE = words("is are was were be been being isn't aren't wasn't weren't")
AUXILIARIES = BE | words(
    "has have had having do does did will would can could may might must should "
    "shall hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot "
    "couldn't mightn't mustn't shouldn't 's 've 'd 'll 're"
)
ADVERBS = words(
    "not never also just already once now then still ever even further recently "
    "since long often first again simply only later earlier soon always sometimes "
    "rather instead nevertheless nonetheless however meanwhile moreover "
    "furthermore therefore thus yet too indeed perhaps maybe almost quite so far"
)
DETERMINERS = words(
    "the a an this that these those his her its their our my your some any many "
    "most several few all both each every another other no one two three four "
    "five six seven eight nine ten dozens hundreds thousands"
)
SUBJECT_PRONOUNS = frozenset(["he", "she", "they", "it", "we", "i", "you"])
LONE_SUBJECTS = SUBJECT_PRONOUNS | words(
    "who others some many most several few all both everyone everybody someone "
    "nobody no-one one each another those"
)
PREPOSITIONS = words(
    "in on at by for with from to of during after before under over among amid "
    "about against between through since until into within without despite "
    "following including like near outside inside across behind beyond toward "
    "towards upon via because given unlike besides"
)
SUBORDINATORS = words(
    "because although though while when whenever whereas if as unless but yet "
    "than how what why where whether until nor lest"
)
RELATIVES = frozenset(["who", "which", "whose", "whom", "that", "where"])
COMPLEMENTS = words("that how whether if what why where when who which")
LISTENERS = words("him her them us me you reporters journalists lawmakers investors")
TITLES = words(
    "mr mrs ms dr prof professor sir dame lord lady president vice prime minister "
    "secretary senator sen rep representative congressman congresswoman gov "
    "governor mayor chancellor king queen prince princess pope bishop archbishop "
    "cardinal rev reverend father rabbi imam sheikh ayatollah general gen colonel "
    "col major maj captain capt lieutenant lt sergeant sgt admiral commander "
    "officer detective inspector superintendent chief sheriff judge justice "
    "attorney director chairman chairwoman chair chairperson ceo deputy acting "
    "former interim foreign defence defense finance interior transport health "
    "education energy trade environment agriculture justice labour labor home "
    "state treasury treasurer curator coach auditor editor analyst economist "
    "historian spokesman spokeswoman spokesperson ambassador commissioner "
    "councillor councilor councilman councilwoman alderman premier speaker leader "
    "mp mep researcher scientist geologist lawyer nurse teacher farmer engineer "
    "author writer journalist correspondent moderator host actor actress singer "
    "player manager assistant associate executive managing the port retired late"
)
WEAK_STARTS = frozenset(
    ["imagine", "consider", "suppose", "let's", "lets", "think", "picture"]
)
