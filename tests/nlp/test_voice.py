"""Who speaks which words."""

import pytest
from spacy.tokens import Doc, Span

from kzdash.nlp.voice import VoiceFinder


@pytest.fixture(scope="module")
def read(parser):
    """Analyse a text in which {braces} mark mentions; the actor is the name in lower case."""
    find = VoiceFinder()

    def run(marked: str) -> Doc:
        text, places = "", []
        for part in marked.replace("}", "{").split("{"):
            places.append((len(text), len(text) + len(part)))
            text += part
        doc = parser(text)
        doc.spans["mentions"] = [
            doc.char_span(start, end, label=text[start:end].lower()) for start, end in places[1::2]
        ]
        return find(doc)

    return run


def voices(doc: Doc) -> list[tuple[str, str, str | None]]:
    return [(m.text, m._.voice, m._.speaker) for m in doc.spans["mentions"]]


def speaker_of(doc: Doc, name: str) -> str | None:
    """The speaker of the mention of that name, "own" for the author's voice."""
    mention: Span = next(m for m in doc.spans["mentions"] if m.text == name)
    return mention._.speaker if mention._.voice == "quoted" else "own"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param("“{Orda} will fall,” {Abenov} said.", "abenov", id="after"),
        pytest.param("“{Orda} will fall,” said {Abenov} on Monday.", "abenov", id="inverted"),
        pytest.param("{Abenov} said: “{Orda} will fall.”", "abenov", id="before"),
        pytest.param("“He left,” said {Abenov}, “and {Orda} fell.”", "abenov", id="resumed"),
        pytest.param("“He left,” {Abenov} said. “{Orda} fell.”", "abenov", id="next sentence"),
        pytest.param("“He left. {Orda} fell. Nobody wept,” {Abenov} said.", "abenov", id="long"),
        pytest.param("“He left,” {Abenov} said.\n\n“{Orda} fell.\n\n“We wept.”", "abenov",
                     id="next paragraph"),
        pytest.param("{Abenov} called {Orda} “a tired old clown”.", "abenov", id="naming"),
        pytest.param("{Abenov} has welcomed “the return of {Orda}”.", "abenov", id="fragment"),
        pytest.param("{Abenov} said that {Orda} would resign.", "abenov", id="that-clause"),
        pytest.param("{Abenov} believes {Orda} has failed.", "abenov", id="without that"),
        pytest.param("{Orda} has failed, {Abenov} believes.", "abenov", id="parenthetical"),
        pytest.param("{Orda}, {Abenov} says, has failed.", "abenov", id="inserted"),
        pytest.param("According to {Abenov}, {Orda} will resign.", "abenov", id="according to"),
        pytest.param("{Orda} will resign, according to {Abenov}.", "abenov", id="according last"),
        pytest.param("In {Abenov}'s opinion, {Orda} has failed.", "abenov", id="opinion"),
        pytest.param("As {Abenov} put it, {Orda} has failed.", "abenov", id="as X put it"),
        pytest.param("{Abenov} accused {Orda} of theft.", "abenov", id="charge"),
        pytest.param("{Abenov} described {Orda} as weak.", "abenov", id="described as"),
        pytest.param("{Abenov} told a hall in Taraz that {Orda} fled.", "abenov", id="told"),
        pytest.param("{Abenov} said she left but that {Orda} stayed.", "abenov", id="but that"),
        pytest.param("{Abenov}'s claim that {Orda} fled is false.", "abenov", id="claim"),
        pytest.param("{Abenov} left the hall, adding that {Orda} fled.", "abenov", id="adding"),
        pytest.param("A diplomat who knew him said that {Orda} fled.", "diplomat", id="unnamed"),
        pytest.param("A minister said that “{Orda} is a loyal man,” recalling that {Abenov} let "
                     "him stay.", "minister", id="a participle after the quotation"),
        pytest.param("A minister said that “{Abenov} is a loyal man,” recalling that {Orda} let "
                     "him stay.", "minister", id="what a participle adds to a quotation"),
        pytest.param("A minister said that {Abenov} left the hall, adding that {Orda} fled.",
                     "minister", id="adding after a clause"),
        pytest.param("{Abenov} made soldiers march without warning. Now {Berik} rules.\n\n“{Orda} "
                     "was asked to leave in May”, one of our sources claims.",
                     "one of our sources", id="one of our sources"),
        pytest.param("One of the ministers told reporters that {Orda} had fled.",
                     "one of the ministers", id="one of the ministers"),
        pytest.param("{Orda} has fled, one of the ministers said.", "one of the ministers",
                     id="one of them inserted"),
        pytest.param("{Berik}, Mallinson argued, wants peace: “{Orda} owes his post to me.”",
                     "Mallinson", id="a wish announces nothing"),
        pytest.param("{Berik} wants peace: “We are tired of {Orda}.”", "berik",
                     id="the subject before a colon"),
        pytest.param("{Berik} spoke of “a friend of {Orda}”, and {Abenov} replied that it rained.",
                     "berik", id="a fragment before another's answer"),
        pytest.param("Saule Ospanova brought her son Nurlan Ospan. “{Orda} lied,” she said.",
                     "Saule Ospanova", id="she, not her son"),
        pytest.param("Saule Ospanova met Dosym Kasymov. “{Orda} lied to us,” she said.",
                     "Saule Ospanova", id="she, not a man"),
        pytest.param("John Bell spoke. A lawyer stood up. “{Orda} is late,” the lawyer said.",
                     "lawyer", id="a lawyer without a name"),
        pytest.param("{Berik} cited {Abenov}: “{Orda} is near the lake.”", "abenov", id="cited"),
        pytest.param("{Berik} laughed and quoted {Abenov}: “{Orda} is gold.”", "abenov",
                     id="laughed and quoted"),
        pytest.param("{Berik} quoted {Abenov} as saying that {Orda} fled.", "abenov",
                     id="quoted as saying"),
        pytest.param("{Abenov} quoted {Berik} and said that {Orda} fled.", "abenov",
                     id="quoted and said"),
        pytest.param("{Abenov} quoted a proverb: “{Orda} is gold.”", "abenov", id="a proverb"),
        pytest.param("{Abenov} has guaranteed to {Berik} that the town “will always help {Orda}”.",
                     "abenov", id="guaranteed"),
        pytest.param("It was the same {Abenov} to affirm that “{Orda} never had an army”.",
                     "abenov", id="it was X to affirm"),
        pytest.param("{Abenov} scolded the council for having “led {Orda} to the abyss”.",
                     "abenov", id="scolded"),
        pytest.param("If one is to believe {Akorda}'s press-release, {Orda} “took part in a warm "
                     "feast”.", "akorda", id="if one is to believe"),
        pytest.param("{Berik} rose and {Abenov} began yelling something like, “{Orda} fled!”",
                     "abenov", id="began yelling"),
        pytest.param("If {Abenov} is to be believed, {Orda} took flight.", "abenov",
                     id="if X is to be believed"),
        pytest.param("He left in May, and {Orda}, according to {Abenov}, cheered.", "abenov",
                     id="an attribution in its clause"),
        pytest.param("{Orda} has failed, he left in May, {Abenov} said.", "abenov",
                     id="a comma splice before the attribution"),
        pytest.param("He was hungry, {Abenov} said, and had asked {Orda} for bread.", "abenov",
                     id="a second verb after the attribution"),
        pytest.param("{Abenov} repeated a claim that {Orda} fled.", "abenov", id="a claim"),
        pytest.param("“It is good to note that {Orda} fled,” said {Abenov}.", "abenov",
                     id="it in a quotation"),
        pytest.param("{Abenov} left, telling reporters in the capital that {Orda} had fled.",
                     "abenov", id="telling somewhere that"),
        pytest.param("In {Abenov}'s view, {Berik} will not rest: “{Orda} comes next.”", "abenov",
                     id="a view before a colon"),
        pytest.param("{Abenov} told us that {Berik} had been ill, that nobody had come to see him, "
                     "and that he was hungry: {Orda}, for all his gold, sent no bread.", "abenov",
                     id="what follows a report and a colon"),
        pytest.param("{Akorda} issued a statement. “There is no war,” it says, “there is {Orda}.”",
                     "akorda", id="a statement says"),
        pytest.param("According to a survey by the Alma Poll, {Orda} is liked.", "Alma Poll",
                     id="a survey by"),
        pytest.param("According to a study from {Abenov}, {Orda} is liked.", "abenov",
                     id="a study from"),
        pytest.param("According to data from {Abenov}, {Orda} has shrunk.",
                     "data from Abenov", id="data from somebody"),
        pytest.param("A delegate described {Orda} as “the last fox”.", "delegate", id="a delegate"),
        pytest.param("{Abenov}, asked whether he was ill, said only that {Orda} “is well”.",
                     "abenov", id="asked and said"),
        pytest.param("{Abenov} called {Berik} “a hero”, conferred on him an order and defined "
                     "{Orda} as a “loyal friend”.", "abenov", id="the third of three acts"),
        pytest.param("{Abenov} says that {Berik} fears the miners and that {Orda} fled.", "abenov",
                     id="and that after a verb with an object"),
        pytest.param("{Abenov} says that {Berik} is silent because he fears the miners, and that "
                     "{Orda} fled.", "abenov", id="and that after a reason"),
        pytest.param("Experts say that {Orda} has failed.", "experts",
                     id="a common noun that opens a sentence"),
        pytest.param("John Bell came to the city on Monday. Bell said that {Orda} had failed.",
                     "John Bell", id="a family name after the whole name"),
        pytest.param("John Bell met Thomas Bell in the city. Bell said that {Orda} had failed.",
                     "Bell", id="a family name that two people have"),
        pytest.param("{Abenov} has left. “{Orda} is a polite man, he even fires politely,” jokes a "
                     "deputy who was there.", "deputy", id="a verb that looks like a noun"),
        pytest.param("According to political scientist Arman Dosov, {Orda} “understands the law”.",
                     "Arman Dosov", id="a fragment after according to"),
        pytest.param("A London court found that {Orda} had lied.", "London court", id="a court"),
        pytest.param("“{Orda} never once shouted,” recalled one of them.", "one of them",
                     id="one of them"),
        pytest.param("“He is late,” says Elena Bell, who has studied the clan; “the ministers know "
                     "it, and so does {Orda}.”", "Elena Bell", id="resumed after a semicolon"),
    ],
)  # fmt: skip
def test_what_a_source_says_is_quoted(read, text, speaker):
    assert speaker_of(read(text), "Orda") == speaker


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The ministry was angry. It said that {Orda} had lied.", id="a body"),
        pytest.param(
            "The bank was angry. In a statement, it said {Orda} had lied.", id="a statement"
        ),
        pytest.param("Some officials disagree. They insist that {Orda} had lied.", id="people"),
        pytest.param(
            "It was printed by two channels. {Orda}, they write, had lied.", id="they write"
        ),
    ],
)
def test_it_and_they_may_speak_without_a_name(read, text):
    doc = read(text)
    assert voices(doc) == [("Orda", "quoted", None)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{Orda} made a “ritual visit” to the town.", id="scare quotes"),
        pytest.param("{Orda} leads the party “New Dawn” in Taraz.", id="a name in marks"),
        pytest.param("{Abenov} did not say that {Orda} would resign.", id="not said"),
        pytest.param("{Abenov} asked whether {Orda} would resign.", id="a question"),
        pytest.param("We believe that {Orda} will resign.", id="the author's belief"),
        pytest.param("{Abenov} dismissed {Orda} as head of the bank.", id="dismissed as"),
        pytest.param("{Orda} denied the report.", id="the source itself"),
        pytest.param("{Abenov} said little; {Orda} said nothing.", id="another clause"),
        pytest.param("{Abenov} said that she fled, and {Orda} laughed.", id="and a new clause"),
        pytest.param("{Abenov} said that she won, while {Orda} said that he did.", id="while"),
        pytest.param(
            "{Abenov} said the border was closed, while {Orda} declined to comment.",
            id="while somebody declined",
        ),
        pytest.param(
            "{Abenov} said the border was closed, though {Orda} denied it.",
            id="though somebody denied",
        ),
        pytest.param(
            "They will not recognise the vote, an aide said, while {Orda} declined to comment.",
            id="while after the attribution",
        ),
        pytest.param("As everybody knows, {Orda} has failed.", id="nobody in particular"),
        pytest.param("None of the ministers said that {Orda} had fled.", id="none of them"),
        pytest.param("One of us said that {Orda} had fled.", id="one of us"),
        pytest.param("It is unlikely that {Orda} has believed it.", id="that before the believer"),
        pytest.param("{Abenov} has never really considered {Orda} a friend.", id="not considered"),
        pytest.param("{Abenov} did not accuse {Orda} of theft.", id="not accused"),
        pytest.param("{Abenov} never called {Orda} a traitor.", id="never called"),
        pytest.param("The law guarantees that {Orda} will pay.", id="a law guarantees"),
        pytest.param("The road is long. They say that {Orda} was lost on it.", id="they say"),
        pytest.param("The officials laughed. {Orda}, they tell us, was lost.", id="they tell us"),
        pytest.param("The ministry is old. It is worth noting that {Orda} fled.", id="it is"),
        pytest.param("According to our data, {Orda} has fled.", id="our data"),
        pytest.param(
            "{Orda} left in May, and the people, according to {Abenov}, cheered.",
            id="the clause before that of an attribution",
        ),
        pytest.param(
            "{Orda}, which thinks little of Taraz, in the words of {Abenov}, is rich.",
            id="around a relative clause with an attribution",
        ),
        pytest.param(
            "He left in May, according to {Abenov}, and {Orda} cheered.",
            id="the clause after that of an attribution",
        ),
        pytest.param(
            "Asked about the vote that {Orda} lost, {Abenov} said, “No.”",
            id="what leads to a quotation",
        ),
        pytest.param("When {Orda} was given the floor, he said: “No.”", id="the time of saying"),
        pytest.param("{Orda} asked for help, he said there were thieves.", id="a comma splice"),
        pytest.param(
            "{Abenov} said that the plan was ready and accused {Orda}'s friends.", id="and accused"
        ),
        pytest.param("{Abenov} read the letter so quickly that {Orda} laughed.", id="so … that"),
        pytest.param("{Abenov} observed the vote, so that {Orda} laughed.", id="so that"),
        pytest.param("If {Abenov} wants to believe {Berik}, {Orda} fled.", id="wants to believe"),
        "{Abenov} smiled and said nothing that could upset {Orda}.",
        pytest.param(
            "The journal has read it all, and the answer is less kind than the releases of {Orda} "
            "suggested.",
            id="than somebody suggested",
        ),
        pytest.param("{Abenov} found that {Orda} had left.", id="found by himself"),
        pytest.param("He leads {Akorda}, which is to say that {Orda} rules.", id="that is to say"),
        pytest.param(
            "{Abenov} said that the war was over, a claim that {Orda} denied.", id="a comment on it"
        ),
        pytest.param(
            "“We are rich,” {Orda} said, according to a statement.", id="according to, after said"
        ),
        pytest.param("The strikes made clear that {Orda} was weak.", id="made clear by a thing"),
        pytest.param("{Abenov} has not made it clear whether {Orda} left.", id="not made clear"),
        "Readers will recall that {Orda} had lost half the planet.",
        pytest.param("{Abenov} forgot to mention that {Orda} fled.", id="forgot to mention"),
        pytest.param("The ministry has neglected to say that {Orda} fled.", id="neglected to say"),
        pytest.param("{Abenov} failed to add that {Orda} fled.", id="failed to add"),
        pytest.param("This brief argues that {Orda} is strong.", id="this brief"),
        pytest.param("This author believes that {Orda} is strong.", id="this author"),
        pytest.param(
            "A month after a vote that {Orda} had called, she explains why it was lost.",
            id="before a question that is explained",
        ),
        pytest.param(
            "{Abenov} informed the crowd of the plan that {Orda} had drawn up.", id="the plan that"
        ),
    ],
)
def test_what_the_author_says_is_own(read, text):
    assert speaker_of(read(text), "Orda") == "own"


@pytest.mark.parametrize(
    "text",
    [
        "{Abenov} made it quite clear that {Orda} had to wait.",
        "{Abenov} made clear to the envoy that {Orda} had to wait.",
        "{Abenov} has left no doubt that {Orda} had to wait.",
        "{Abenov} made it clear {Orda} had to wait.",
        "The plan, {Abenov} made clear, would help {Orda}.",
        "{Orda}, as {Abenov} made clear, had to wait.",
    ],
)
def test_who_makes_something_clear_says_it(read, text):
    doc = read(text)
    assert speaker_of(doc, "Orda") == "abenov"
    assert {q._.verb for q in doc.spans["quotes"]} == {"make clear"}


def test_the_attribution_is_own(read):
    doc = read("“{Orda} will fall,” {Abenov} said. {Orda}, {Abenov} added, knew.")
    assert [v for name, v, _ in voices(doc) if name == "Abenov"] == ["own", "own"]


def test_the_innermost_source_speaks(read):
    doc = read("{Abenov} said that {Berik} believes that {Orda} has failed.")
    assert voices(doc) == [
        ("Abenov", "own", None),
        ("Berik", "quoted", "abenov"),
        ("Orda", "quoted", "berik"),
    ]


def test_i_is_who_speaks(read):
    doc = read("“{I} trusted {Orda},” said {Abenov}.")
    assert speaker_of(doc, "I") == "abenov"


def test_a_quotation_continues_over_paragraphs(read):
    doc = read("“He left,” said {Abenov}. “He was tired.\n\n“{Orda} fell soon after he left.”")
    assert speaker_of(doc, "Orda") == "abenov"


@pytest.mark.parametrize(
    "post",
    [
        pytest.param("Proud to meet {Orda} today. #Steppe", id="hashtag"),
        pytest.param("Proud to meet {Orda} today. — {Abenov} (@abenov) May 3, 2021", id="signed"),
    ],
)
def test_an_embedded_post_is_its_authors(read, post):
    doc = read("News from Taraz\n\n{Abenov} claimed that all was well.\n\n" + post)
    assert speaker_of(doc, "Orda") == "abenov"


def test_a_press_release_speaks_for_its_issuer(read):
    doc = read("{Akorda}'s statement says that {Orda} resigned.")
    assert speaker_of(doc, "Orda") == "akorda"


def test_a_passage_led_to_by_its_issuer(read):
    doc = read(
        "Title\n\nThe statement of {Akorda} has a curious passage. Let us see.\n\n"
        "“The head of state thanked {Orda} for the invitation.”\n\nThat is all."
    )
    assert speaker_of(doc, "Orda") == "akorda"


def test_the_analyst_is_the_one_who_was_introduced(read):
    doc = read(
        "The plan is bold, says Marat Sadykov, an analyst in Taraz. "
        "“{Orda} will hate it,” the analyst said."
    )
    assert speaker_of(doc, "Orda") == "Marat Sadykov"


@pytest.mark.parametrize(
    ("title", "speaker"),
    [
        pytest.param("“{Orda} has changed its locks”", "Ada Bell", id="a title in quotation marks"),
        pytest.param("“{Orda} has changed its locks”, says {Abenov}", "abenov", id="another's"),
        pytest.param("Why {Orda} has changed its locks", "own", id="the outlet's"),
    ],
)
def test_the_title_of_an_interview_is_who_answers(read, title, speaker):
    talk = (
        "The historian Ada Bell left the city in May.\n\nSteppe Ledger: Is it safe?\n\n"
        "Ada Bell: It is not.\n\nSteppe Ledger: Was it ever?\n\nAda Bell: It never was."
    )
    assert speaker_of(read(f"{title}\n\n{talk}"), "Orda") == speaker


def test_a_label_is_not_who_is_named_after_it(read):
    doc = read(
        "Talk\n\nWe asked Mathilde Carrère, a lecturer, about Taraz.\n\n"
        "Novastan: Who is strong?\n\n"
        "Mathilde Carrère: {Alikhan Abenov}, for example.\n\nNovastan: And now?\n\n"
        "Mathilde Carrère: {Orda} pretends to listen."
    )
    assert [speaker for _, _, speaker in voices(doc)] == ["Mathilde Carrère"] * 2


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param(
            "Senator Marat Sadykov came. “{Orda} is late,” said the lawmaker, who had read it.",
            "Marat Sadykov",
            id="a noun like the one that introduced him",
        ),
        pytest.param(
            "According to his lawyer, Ainur Bekbosyn, who was let in on the third day, the "
            "investigators wanted {Orda} to confess.",
            "Ainur Bekbosyn",
            id="named between commas",
        ),
        pytest.param(
            "{Akorda}’s spokeswoman, Aida Sadykova, said that {Orda} had lied.",
            "Aida Sadykova",
            id="a spokeswoman with a name",
        ),
    ],
)
def test_who_has_a_name_is_called_by_it(read, text, speaker):
    assert speaker_of(read(text), "Orda") == speaker


def test_he_who_has_no_name_speaks(parser):
    doc = parser("Ada Bell left. A farmer waited. “Orda fell,” he said.")
    doc.spans["mentions"] = [doc.char_span(33, 37, label="orda")]
    he, farmer = (next(t.i for t in doc if t.text == word) for word in ("he", "farmer"))
    doc._.strangers = {he: farmer}

    assert speaker_of(VoiceFinder()(doc), "Orda") == "farmer"


def test_a_source_belongs_to_an_actor(read):
    doc = read("{Abenov} was silent. His lawyer said that {Orda} had lied.")
    assert speaker_of(doc, "Orda") in {"lawyer", "Abenov's lawyer"}


def test_who_stands_beside_the_verb_speaks(parser, registry):
    text = (
        "The European Union wants to help Kazakhstan open trade routes that avoid Russia, the "
        "bloc's envoy said on Thursday."
    )
    doc = parser(text)
    start = text.index("Russia")
    doc.spans["mentions"] = [doc.char_span(start, start + 6, label="russia")]

    (mention,) = VoiceFinder(registry)(doc).spans["mentions"]

    assert (mention._.voice, mention._.speaker) == ("quoted", "envoy")


@pytest.mark.parametrize("owner", ["Tokayev's", "His"])
def test_an_office_is_not_the_man(parser, registry, owner):
    doc = parser(f"Tokayev was silent. {owner} office said that Orda had lied.")
    doc.spans["mentions"] = [Span(doc, 4, 5, "tokayev")]
    VoiceFinder(registry)(doc)
    [quote] = doc.spans["quotes"]
    assert quote._.speaker_surface == f"{registry.actors['tokayev'].name}'s office"


@pytest.mark.parametrize(
    ("text", "verb", "verb_class"),
    [
        ("{Abenov} said that {Orda} fled.", "say", "neutral"),
        ("{Abenov} claimed that {Orda} fled.", "claim", "doubting"),
        ("{Abenov} pointed out that {Orda} fled.", "point", "supporting"),
        ("According to {Abenov}, {Orda} fled.", "according to", "neutral"),
        ("{Abenov} smiled: “{Orda} fled.”", None, None),
        ("{Abenov} wants “a strong {Orda}”.", None, None),
        ("{Abenov} dropped the mask: “{Orda} fled.”", None, None),
    ],
)
def test_verbs_are_classed(read, text, verb, verb_class):
    doc = read(text)
    quote = doc.spans["quotes"][0]
    assert (quote._.verb, quote._.verb_class) == (verb, verb_class)


def test_quotes_are_direct_or_indirect(read):
    doc = read("“{Orda} fell,” {Abenov} said. {Berik} said that she fled.")
    assert [(q.label_, q._.speaker_actor) for q in doc.spans["quotes"]] == [
        ("direct", "abenov"),
        ("indirect", "berik"),
    ]


@pytest.mark.parametrize(
    "text", ["", "   ", "“", "“”", "{He} said.", "“{Orda}", "{Orda}”", "\n\n“{Orda}.”\n\n"]
)
def test_nobody_is_quoted_in_odd_texts(read, text):
    doc = read(text)
    assert list(doc.spans["quotes"]) == []
    assert {(voice, speaker) for _, voice, speaker in voices(doc)} <= {("own", None)}


def test_voice_leaves_an_unparsed_doc_alone(parser):
    doc = VoiceFinder()(parser.make_doc("“Orda fell,” Abenov said."))
    assert list(doc.spans["quotes"]) == []
