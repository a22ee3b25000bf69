"""Mentions: names, metonyms, titles and pronouns, each to its actor."""

from datetime import date
from itertools import pairwise

import pytest

from kzdash.nlp.mentions import MentionFinder
from kzdash.registry import Actor, Office, Registry, Tenure
from kzdash.schema import Article

_PEOPLE = (
    Actor(id="omarov", kind="person", name="Daulet Omarov", family=("Omarov",), given=("Daulet",),
          gender="m", country="alaria", titles=("Father of the Steppe",)),
    Actor(id="zhakenov", kind="person", name="Kassym-Zhomart Zhakenov", family=("Zhakenov",),
          given=("Kassym-Zhomart", "Kassym-Zhomart Kemelevich"), gender="m", country="alaria"),
    Actor(id="suleimen", kind="person", name="Aida Suleimen", family=("Suleimen",),
          given=("Aida",), gender="f", country="alaria"),
    Actor(id="aigul", kind="person", name="Aigul Zhakenova", family=("Zhakenova",),
          given=("Aigul",), gender="f", country="alaria", kin={"zhakenov": "eldest daughter"}),
    Actor(id="damir", kind="person", name="Damir Sadvak", family=("Sadvak",), given=("Damir",),
          gender="m", country="alaria"),
    Actor(id="hale", kind="person", name="John Hale", family=("Hale",), given=("John",),
          gender="m", country="united_states"),
    Actor(id="orlov", kind="person", name="Viktor Orlov", family=("Orlov",), given=("Viktor",),
          gender="m", country="borland"),
)  # fmt: skip
_OTHERS = (
    Actor(id="alaria", kind="state", name="Alaria", aliases=("Republic of Alaria",),
          metonyms=("Karakent", "Dau-Let"), adjectives=("Alarian",)),
    Actor(id="borland", kind="state", name="Borland", metonyms=("Velgrad",),
          adjectives=("Borlandic",), nouns=("Borlanders", "Borlandic")),
    Actor(id="iran", kind="state", name="Iran"),
    Actor(id="united_states", kind="state", name="United States", aliases=("US", "U.S."),
          metonyms=("Washington",), adjectives=("American",)),
    Actor(id="sdc", kind="organisation", name="State Defence Committee", aliases=("SDC",),
          country="alaria"),
    Actor(id="alta", kind="organisation", name="ALTA", country="alaria"),
    Actor(id="al_government", kind="organisation", name="Government of Alaria",
          titles=("Alarian government", "Alarian authorities"), country="alaria"),
    Actor(id="al_prosecutor", kind="organisation", name="Prosecutor General's Office of Alaria",
          country="alaria"),
    Actor(id="star_oil", kind="organisation", name="Star Oil", nouns=("oil company",)),
    Actor(id="al_agency", kind="organisation", name="Anti-Smuggling Agency of Alaria",
          country="alaria"),
    Actor(id="dawn", kind="organisation", name="New Dawn", titles=("Alaria's ruling party",),
          country="alaria"),
    Actor(id="al_parliament", kind="organisation", name="Parliament of Alaria",
          titles=("Alarian parliament",), country="alaria"),
    Actor(id="omarov_family", kind="community", name="Omarov family", plural=True,
          country="alaria", members=("omarov",)),
    Actor(id="zhakenov_family", kind="community", name="Zhakenov clan", plural=True,
          country="alaria", members=("zhakenov", "aigul", "damir")),
    Actor(id="protesters", kind="community", name="Protesters in Alaria", plural=True,
          nouns=("protesters", "demonstrators"), country="alaria"),
)  # fmt: skip
_OFFICES = (
    Office(id="president", titles=("president", "head of state"), of="alaria", holders=(
        Tenure(actor="omarov", start=date(1995, 1, 1), end=date(2030, 6, 1)),
        Tenure(actor="zhakenov", start=date(2030, 6, 1)),
    )),
    Office(id="chief", titles=("security chief", "head of the SDC"), of="alaria", holders=(
        Tenure(actor="suleimen", start=date(2028, 1, 1), end=date(2031, 2, 1)),
    )),
    Office(id="their_president", titles=("president",), of="borland", holders=(
        Tenure(actor="orlov", start=date(2020, 1, 1)),
    )),
    Office(id="secretary", titles=("state secretary", "secretary of state"), of="alaria", holders=(
        Tenure(actor="suleimen", start=date(2029, 1, 1)),
    )),
    Office(id="their_secretary", titles=("secretary of state",), of="united_states", holders=(
        Tenure(actor="hale", start=date(2029, 1, 1)),
    )),
)  # fmt: skip


@pytest.fixture(scope="module")
def finder():
    return MentionFinder(Registry([], [*_PEOPLE, *_OTHERS], _OFFICES, []))


@pytest.fixture
def find(parser, finder):
    def mentions(text, published="2031-01-10"):
        doc = parser.make_doc(text)
        doc._.article = Article("a", "o", "", text, published)
        finder(parser(doc))
        return [(m.text, m.label_, m._.kind) for m in doc.spans["mentions"]]

    return mentions


def actors(mentions, kind):
    return [(text, actor) for text, actor, found in mentions if found == kind]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("", [], id="empty text"),
        pytest.param(
            "To the free world I ran.",
            [],
            id="words that together spell a name",
        ),
        pytest.param(
            "Daulet Omarov resigned. Omarov left.",
            [("Daulet Omarov", "omarov"), ("Omarov", "omarov")],
            id="surname after the full name",
        ),
        pytest.param(
            "Daulet Omarov resigned. Many hoped that Daulet would return.",
            [("Daulet Omarov", "omarov"), ("Daulet", "omarov")],
            id="given name spelled like a city",
        ),
        pytest.param(
            "Daulet Omarov resigned. Crowds gathered in Daulet.",
            [("Daulet Omarov", "omarov")],
            id="city spelled like a given name",
        ),
        pytest.param(
            "How Viktor fell\n\nViktor Orlov resigned.",
            [("Viktor", "orlov"), ("Viktor Orlov", "orlov")],
            id="given name before the full name",
        ),
        pytest.param(
            "Viktor Orlov resigned. Viktor Ivanovich left the city.",
            [("Viktor Orlov", "orlov"), ("Viktor Ivanovich", "orlov")],
            id="given name with patronymic",
        ),
        pytest.param(
            "Orlov resigned. Viktor Ivanovich left the city.",
            [("Orlov", "orlov"), ("Viktor Ivanovich", "orlov")],
            id="given name with patronymic after the surname",
        ),
        pytest.param("Viktor Ivanovich left.", [], id="a patronymic nobody knows"),
        pytest.param("Qasym-Jomart Kemelevich left.", [("Qasym-Jomart Kemelevich", "zhakenov")],
                     id="a patronymic of the registry"),
        pytest.param("Kassym-Zhomart Kemelevich Ivanov left.", [], id="with another surname"),
        pytest.param(
            "Qasym-Jomart Zhakenov met Zhakenow.",
            [("Qasym-Jomart Zhakenov", "zhakenov"), ("Zhakenow", "zhakenov")],
            id="other romanisations",
        ),
        pytest.param(
            "The reform of Kassym Zhomart Zhakenov’s team failed.",
            [("Kassym Zhomart Zhakenov", "zhakenov")],
            id="space for hyphen, possessive",
        ),
        pytest.param(
            "Daulet Serikovich Omarov spoke.", [("Daulet Serikovich Omarov", "omarov")],
            id="middle name",
        ),
        pytest.param("Then D. Omarov spoke.", [("D. Omarov", "omarov")], id="initial"),
        pytest.param("Then Daulet S. Omarov spoke.", [("Daulet S. Omarov", "omarov")],
                     id="middle initial"),
        pytest.param(
            "They met the wife of Daulet Omarov. Omarov was silent.",
            [("Daulet Omarov", "omarov"), ("Omarov", "omarov")],
            id="the next sentence begins with the family name",
        ),
        pytest.param(
            "They met Orlov. Viktor was silent.", [("Orlov", "orlov")],
            id="the next sentence begins with a given name",
        ),
        pytest.param(
            "Qasym-Jomart Zhakenov. Zhakenov spoke.",
            [("Qasym-Jomart Zhakenov", "zhakenov"), ("Zhakenov", "zhakenov")],
            id="the same after a name alone",
        ),
        pytest.param("Yesterday Bolat Omarov was arrested.", [], id="a namesake"),
        pytest.param("Mr Omarova sang.", [], id="another family name"),
        pytest.param(
            "The power of the Omarovs is gone.", [("Omarovs", "omarov_family")], id="the family"
        ),
        pytest.param(
            "The State Defence Committee (SDC) denied it.",
            [("State Defence Committee", "sdc"), ("SDC", "sdc")],
            id="acronym in brackets",
        ),
        pytest.param(
            "The US welcomed it.", [("US", "united_states")], id="short form as a noun"
        ),
        pytest.param("They sell US goods.", [], id="short form as an adjective"),
        pytest.param("Give us the money.", [], id="a pronoun is no acronym"),
        pytest.param("Talks\n\nThey chose Borland National Nuclear Corporation.", [], id="a firm"),
        pytest.param("Talks\n\nThey chose Borland.", [("Borland", "borland")], id="no firm"),
        pytest.param("Talks\n\nHe promised a Fair Borland to all.", [], id="a slogan"),
        pytest.param("Alarian troops fled.", [], id="adjective of nationality"),
        pytest.param("A Velgrad-backed party won.", [], id="compound"),
        pytest.param("The Alaria-born singer met Pro-Orlov and Anti-Borland crowds.", [],
                     id="compounds of names"),
        pytest.param("The Orlov-Omarov talks failed.", [("Orlov", "orlov"), ("Omarov", "omarov")],
                     id="names joined by a hyphen"),
        pytest.param("The Borlandic left.", [("The Borlandic", "borland")], id="a people"),
        pytest.param("They met the Borlanders.", [("the Borlanders", "borland")],
                     id="a people in the plural"),
        pytest.param("The Borlanders of Ostland left.", [], id="a minority"),
        pytest.param("Two Borlanders left.", [], id="some of a people"),
        pytest.param("They gave Zhakenov a medal.", [("Zhakenov", "zhakenov")],
                     id="an article is no end of a name"),
        pytest.param("The Borlandic-led alliance won.", [], id="no people in a compound"),
        pytest.param("Omarov lost power. His eldest son Bolat and his daughter Aida left.",
                     [("Omarov", "omarov")], id="kin of another family"),
        pytest.param("Zhakenov lost power. His son Bolat and his eldest daughter Aigul left.",
                     [("Zhakenov", "zhakenov"), ("Aigul", "aigul")], id="kin by the given name"),
        pytest.param("Orlov lost power. His eldest daughter Aigul left.", [("Orlov", "orlov")],
                     id="a namesake's kin"),
        pytest.param("Zhakenov met Damir Sadvak. Aigul wants the bank.",
                     [("Zhakenov", "zhakenov"), ("Damir Sadvak", "damir"), ("Aigul", "aigul")],
                     id="one of a family of whom several are named"),
        pytest.param("Zhakenov met Damir Sadvak. Aigul, a student, left. Aigul wept.",
                     [("Zhakenov", "zhakenov"), ("Damir Sadvak", "damir")],
                     id="somebody else of that given name"),
        pytest.param("Zhakenov rested. Aigul wants the bank.", [("Zhakenov", "zhakenov")],
                     id="a given name beside one of the family"),
        pytest.param("He is at the Bank of Alaria now.", [], id="inside a company's name"),
        pytest.param("The Salt Dune Company (SDC) lost. Later the SDC closed.", [],
                     id="an acronym spelt out as another body's"),
        pytest.param("The State Defence Committee (SDC) lost. Later the SDC closed.",
                     [("State Defence Committee", "sdc"), ("SDC", "sdc"), ("SDC", "sdc")],
                     id="an acronym spelt out as its own"),
    ],
)  # fmt: skip
def test_names(find, text, names):
    assert actors(find(text), "name") == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Velgrad refused to sign the treaty.", ["Velgrad"], id="subject"),
        pytest.param("They signed a deal with Velgrad.", ["Velgrad"], id="dealt with"),
        pytest.param("Velgrad's demands were rejected.", ["Velgrad"], id="owner of a claim"),
        pytest.param(
            "Talks between Velgrad and Karakent failed.", ["Velgrad", "Karakent"], id="between"
        ),
        pytest.param("He visited Velgrad to sign a treaty.", ["Velgrad"], id="political visit"),
        pytest.param("Orlov flew to Velgrad for talks.", ["Velgrad"], id="flown to"),
        pytest.param("The goods were flown to Velgrad.", [], id="goods flown to"),
        pytest.param("The envoy is expected in Velgrad.", ["Velgrad"], id="expected in"),
        pytest.param("She is due in Velgrad in May.", ["Velgrad"], id="due in"),
        pytest.param("He was in Velgrad twice.", ["Velgrad"], id="been in"),
        pytest.param("The museum is in Velgrad.", [], id="a thing is in"),
        pytest.param("He was a student in Velgrad.", [], id="something in"),
        pytest.param("In Velgrad they know the answer.", ["Velgrad"], id="they in"),
        pytest.param("They met in Velgrad.", [], id="met in"),
        pytest.param("He left three letters from Velgrad unanswered.", ["Velgrad"], id="letters"),
        pytest.param("Prices rose in Velgrad.", [], id="place"),
        pytest.param("The streets of Velgrad were empty.", [], id="place noun"),
        pytest.param("VELGRAD, January 5 (Wire) – Prices rose.", [], id="dateline"),
        pytest.param("KARAKENT, Aug 3 (Wire) - Viktor Orlov resigned.", [], id="agency"),
        pytest.param("KARAKENT/VELGRAD, Aug 3 (Wire) - Prices rose.", [], id="two places"),
        pytest.param("KARAKENT, January 5 /WIRE/. Viktor Orlov resigned.", [], id="strokes"),
        pytest.param("Karakent, 5 January. /WIRE/. Viktor Orlov resigned.", [], id="day and month"),
        pytest.param("Karakent. January 5. WIRE - Viktor Orlov resigned.", [], id="full stops"),
        pytest.param(
            "Karakent, Velgrad and their allies agreed.", ["Karakent", "Velgrad"], id="no dateline"
        ),
        pytest.param("He left for Karakent.", [], id="left for"),
        pytest.param("Orlov headed for Velgrad.", [], id="headed for"),
        pytest.param("The plane from Velgrad landed.", [], id="plane"),
        pytest.param("The road to Karakent is closed.", [], id="road"),
        pytest.param("Orlov turned to Velgrad for help.", ["Velgrad"], id="turned to"),
        pytest.param("Velgrad is cold in winter.", [], id="weather"),
        pytest.param("Velgrad is rich.", ["Velgrad"], id="no weather"),
        pytest.param("Dau-Let, which Orlov had renamed, will be Karakent again.", [], id="renamed"),
        pytest.param("The capital is Velgrad now.", [], id="a capital's name"),
        pytest.param("The name was changed from Karakent to Velgrad.", [], id="a new name"),
        pytest.param("The name was changed back to Velgrad.", [], id="the old name"),
        pytest.param("The winner is Velgrad.", ["Velgrad"], id="a part in politics"),
        pytest.param("The sheriff of Velgrad, Ohio, refused to resign.", [], id="a namesake"),
        pytest.param("Velgrad, Texas, refused to sign the treaty.", [], id="a namesake that acts"),
        pytest.param(
            "Karakent, Velgrad, Ohio and Utah agreed.",
            ["Karakent", "Velgrad"],
            id="no namesake in a list",
        ),
        pytest.param("Velgrad falls to the rebels.", [], id="a city that falls"),
        pytest.param("Velgrad fell silent.", ["Velgrad"], id="a state that is silent"),
        pytest.param(
            "Orlov arrived in Karakent on Tuesday for talks.",
            ["Karakent"],
            id="arrival for talks",
        ),
        pytest.param("Orlov arrived in Karakent for a concert.", [], id="arrival elsewhere"),
    ],
)
def test_metonyms(find, text, found):
    assert [text for text, _ in actors(find(text), "metonym")] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("KARAKENT, 3 August /ALTA/. Prices rose.", [], id="strokes"),
        pytest.param("KARAKENT, August 3. /ALTA/. Prices rose.", [], id="strokes after a stop"),
        pytest.param("KARAKENT, 3 August. /ALTA/. Prices rose.", [], id="the day before the month"),
        pytest.param("KARAKENT, Aug 3 (ALTA) - Prices rose.", [], id="brackets"),
        pytest.param("KARAKENT, ALTA – Prices rose.", [], id="dash"),
        pytest.param("ALTA, January 5. Prices rose.", [], id="before a date"),
        pytest.param(
            "State Defence Committee (SDC) – a feared body – fell silent.",
            ["sdc", "sdc"],
            id="an acronym in brackets",
        ),
        pytest.param("On Monday ALTA – the agency – fell silent.", ["alta"], id="a clause"),
        pytest.param("ALTA, citing a source, said prices rose.", ["alta"], id="a source"),
    ],
)
def test_an_agency_in_a_dateline_is_no_actor(find, text, found):
    mentions = find(f"Prices and politics\n\n{text}")

    assert [actor for _, actor, kind in mentions if kind == "name"] == found


@pytest.mark.parametrize(
    ("text", "published", "titles"),
    [
        pytest.param("The Alarian president resigned.", "2031-01-10",
                     [("The Alarian president", "zhakenov")], id="holder at the date"),
        pytest.param("The Alarian president resigned.", "2029-01-10",
                     [("The Alarian president", "omarov")], id="holder at an earlier date"),
        pytest.param("The former president of Alaria left.", "2031-01-10",
                     [("The former president of Alaria", "omarov")], id="former holder"),
        pytest.param("Talks\n\nZhakenov met Omarov. Alaria was calm. Omarov is gone. The old "
                     "dictator was silent.", "2031-01-10", [("The old dictator", "omarov")],
                     id="a former ruler just spoken of"),
        pytest.param("Talks\n\nOmarov met Zhakenov. Alaria was calm. Nobody spoke. The dictator "
                     "was silent.", "2031-01-10", [("The dictator", "zhakenov")],
                     id="a former ruler spoken of long ago"),
        pytest.param("Talks\n\nAlaria is calm. Omarov is gone. The president was silent.",
                     "2031-01-10", [("The president", "zhakenov")],
                     id="an office and its former holder"),
        pytest.param("Talks\n\nAlaria is poor. Alaria is calm. Borland urged the government to go.",
                     "2031-01-10", [("the government", "al_government")],
                     id="a government, urged by a state"),
        pytest.param("Talks\n\nViktor Orlov met Zhakenov in Karakent. Zhakenov's security chief "
                     "was silent.", "2030-09-10", [("security chief", "suleimen")],
                     id="an office under who leads the state"),
        *(
            pytest.param(f"Alaria is calm. {text}", "2031-01-10", found, id=text)
            for text, found in (
                ("Zhakenov sat. His eldest daughter left.", [("His eldest daughter", "aigul")]),
                ("Zhakenov sat. The daughter of Zhakenov left.",
                 [("The daughter", "aigul")]),
                ("Zhakenov sat. His youngest daughter left.", []),
                ("Zhakenov sat. His daughter-in-law left.", []),
                ("Omarov sat. His daughter left.", []),
                ("Aigul Zhakenova sat. Her father left.", [("Her father", "zhakenov")]),
                ("Aigul Zhakenova sat. Her father-in-law left.", []),
            )
        ),
        pytest.param("Alaria is calm. Omarov stood at the head of the state.", "2031-01-10", [],
                     id="at the head"),
        pytest.param("Alaria is calm. Omarov has given up the chair.", "2031-01-10", [],
                     id="a chair to sit on"),
        pytest.param("Alaria is calm. Orlov, whom they made the president, left.", "2031-01-10", [],
                     id="what somebody is made"),
        pytest.param("Alaria is calm. The draft was sent to parliament.", "2031-01-10",
                     [("parliament", "al_parliament")], id="a body without article"),
        pytest.param("Strike\n\nAlexei Titov, director of the steel plant, was dismissed. Zhakenov "
                     "was ill. The director left.", "2031-01-10", [],
                     id="a title of somebody outside the registry"),
        pytest.param("Alaria is calm. The ex-president left.", "2031-01-10",
                     [("The ex-president", "omarov")], id="prefix"),
        pytest.param("The president of Borland agreed.", "2031-01-10",
                     [("The president of Borland", "orlov")], id="another state's"),
        pytest.param("Alaria is tense. The security chief was dismissed.", "2031-01-10",
                     [("The security chief", "suleimen")], id="the article's own state"),
        pytest.param("Daulet Omarov and his successor met.", "2031-01-10",
                     [("his successor", "zhakenov")], id="successor"),
        pytest.param("Daulet Omarov and his family left.", "2031-01-10",
                     [("his family", "omarov_family")], id="family"),
        pytest.param("The Father of the Steppe spoke.", "2031-01-10",
                     [("The Father of the Steppe", "omarov")], id="a title of one person"),
        pytest.param("President Daulet Omarov spoke.", "2031-01-10", [],
                     id="a title before a name is part of it"),
        pytest.param("Alaria is tense. The opposition leader was arrested.", "2031-01-10", [],
                     id="another body's leader"),
        pytest.param("Alaria is tense. The deputy president resigned.", "2031-01-10", [],
                     id="a deputy"),
        pytest.param("Alaria is tense. The city government resigned.", "2031-01-10", [],
                     id="another government"),
        pytest.param("Alaria is tense. The powerful president resigned.", "2031-01-10",
                     [("The powerful president", "zhakenov")], id="an adjective more"),
        pytest.param("He wants to be a president.", "2031-01-10", [], id="indefinite"),
        pytest.param("Alaria waits. Reform is something that governments fear.", "2031-01-10", [],
                     id="a relative, no determiner"),
        pytest.param("Alaria waits. Critics say that presidents are rich.", "2031-01-10", [],
                     id="a conjunction, no determiner"),
        pytest.param("Borland closed the border. That country is poor.", "2031-01-10",
                     [("That country", "borland")], id="a determiner"),
        pytest.param("Alaria waits. Borland is strong. The republic is calm.", "2031-01-10",
                     [("The republic", "alaria")], id="a state called a republic"),
        pytest.param("Borland is strong. The republic is calm.", "2031-01-10", [],
                     id="a state not called a republic"),
        pytest.param("Alaria waits. The government-owned firm is bankrupt.", "2031-01-10", [],
                     id="in a compound"),
        pytest.param("Omarov praised Alaria in his state-of-the-nation address.", "2031-01-10", [],
                     id="end of a compound"),
        pytest.param("Alaria is tense. The Borland-friendly president resigned.", "2031-01-10",
                     [("The Borland-friendly president", "zhakenov")], id="friendly to a state"),
        pytest.param("Alaria is tense. Borland, whose president is ill, agreed.", "2031-01-10",
                     [("president", "orlov")], id="whose"),
        pytest.param("Alaria is tense. Omarov spoke. Borland, whose envoy is ill, agreed.",
                     "2031-01-10", [], id="whose, unknown"),
        pytest.param("Omarov left Alaria. The firm, whose president is ill, failed.",
                     "2031-01-10", [], id="whose, of no state"),
        pytest.param("Omarov, whose successor is young, left.", "2031-01-10",
                     [("successor", "zhakenov")], id="whose, of a person"),
        pytest.param("It was the Borlandic president, not Zhakenov, who came first.",
                     "2031-01-10", [("the Borlandic president", "orlov")], id="cleft"),
        pytest.param("Alaria borrowed more. The country is poor.", "2031-01-10",
                     [("The country", "alaria")], id="the country"),
        pytest.param("A debt\n\nOmarov has thanked Velgrad. Omarov said the country had survived. "
                     "Alaria is poor. Alaria waits.", "2031-01-10", [("the country", "alaria")],
                     id="the text's own state, not yet named"),
        pytest.param("Omarov waits. Marek Tamm of Estonia defended his country. Alaria waits.",
                     "2031-01-10", [], id="a stranger's country"),
        pytest.param("Orlov visited Alaria. Orlov said the country was a friend. Alaria waits.",
                     "2031-01-10", [("the country", "alaria")], id="the country visited"),
        pytest.param("Omarov has thanked Velgrad. Omarov likes this country. Alaria waits. Alaria "
                     "is poor.", "2031-01-10", [("this country", "borland")],
                     id="this country is the last one"),
        pytest.param("Alaria\n\nAlaria is poor. Unlike Borland, the neighbouring state is rich.",
                     "2031-01-10", [("the neighbouring state", "borland")], id="the neighbour"),
        pytest.param("In Karakent the Alarian authorities arrested ten protesters.", "2031-01-10",
                     [("the Alarian authorities", "al_government"), ("protesters", "protesters")],
                     id="authorities and communities"),
        pytest.param("Alaria resists\n\nAlaria spoke. Orlov left. Borland waited. Velgrad sent "
                     "troops. Prices rose. Rivers froze. Winter came. The country waits.",
                     "2031-01-10", [("The country", "alaria")], id="what title and opening name"),
        pytest.param("Alaria is tense. Alaria waits. Prices rose. Borland called. Borlandic "
                     "papers wrote that Borlandic troops had arrived in the country.",
                     "2031-01-10", [("the country", "alaria")], id="whom troops enter"),
        pytest.param("Alaria waits. Alaria is poor. Prices rose. Borland watched its neighbour.",
                     "2031-01-10", [("its neighbour", "alaria")], id="another state's neighbour"),
        pytest.param("Borland waits. Orlov called. The authorities in Karakent agreed.",
                     "2031-01-10", [("The authorities", "al_government")], id="a body's seat"),
        pytest.param("Alaria is tense. Velgrad called. Zhakenov praised the Alarian authorities.",
                     "2031-01-10", [("the Alarian authorities", "al_government")],
                     id="a government, not its state"),
        pytest.param("Aida Suleimen met security chief Brian Tate. The chief said little.",
                     "2031-06-01", [], id="a former holder is not meant"),
        pytest.param("Aida Suleimen, the president's daughter-in-law, left.", "2029-01-10",
                     [("the president", "omarov"), ("daughter-in-law", "suleimen")],
                     id="kin beside a name"),
        pytest.param("Omarov resigned. The ex-president's brother left.", "2031-01-10",
                     [("The ex-president", "omarov")], id="kin is nobody's self"),
        *(
            pytest.param(f"The SDC detained Aida Suleimen.\n\nThe {noun} was silent.", "2031-01-10",
                         titles, id=noun)
            for noun, titles in (
                ("committee", [("The committee", "sdc")]), ("agency", [("The agency", "sdc")]),
                ("court", []), ("bank", []), ("party", []), ("ministry", []), ("newspaper", []),
                ("university", []), ("company", []),
            )
        ),
        *(
            pytest.param(f"Zhakenov goes on\n\nZhakenov visited Velgrad. {noun} was silent.",
                         "2031-01-10", titles, id=noun)
            for noun, titles in (
                ("The governor", []), ("The ambassador", []), ("The journalist", []),
                ("The general", []), ("The mayor of Tarsk", []),
                ("The president", [("The president", "zhakenov")]),
                ("The leader", [("The leader", "zhakenov")]),
            )
        ),
        pytest.param(
            "Omarov met Zhakenov. The expert said that the road was long. The envoy agreed.",
            "2031-01-10",
            [],
            id="no trade that nothing is known of",
        ),
        pytest.param(
            "Omarov spoke in Karakent. The Prosecutor General's Office agreed.",
            "2031-01-10",
            [("The Prosecutor General's Office", "al_prosecutor")],
            id="the body with a possessive in its name",
        ),
        pytest.param(
            "Omarov spoke in Karakent. The Anti-Smuggling Agency agreed.",
            "2031-01-10",
            [("The Anti-Smuggling Agency", "al_agency")],
            id="a body by its own name without its state",
        ),
        pytest.param(
            "Omarov spoke in Karakent. The ruling party agreed, the party said.",
            "2031-01-10",
            [("The ruling party", "dawn"), ("the party", "dawn")],
            id="the party that rules",
        ),
        pytest.param(
            "Secretary of State John Hale came to Alaria. Karakent was cold. Omarov thanked the "
            "secretary of state.",
            "2031-01-10",
            [("the secretary of state", "hale")],
            id="who was called so before, not who was never named",
        ),
        pytest.param(
            "Orlov praised his guest warmly. It was Omarov who came.",
            "2031-01-10",
            [],
            id="a guest not named before",
        ),
        pytest.param(
            "Orlov received Omarov in Velgrad. Omarov thanked his host.",
            "2031-01-10",
            [("his host", "orlov")],
            id="the host is the other one",
        ),
        pytest.param(
            "Omarov chose Zhakenov. Orlov was told. His protege smiled.",
            "2031-01-10",
            [],
            id="whose protege of three is not known",
        ),
        pytest.param(
            "Orlov offered his Alarian opposite number a deal.",
            "2031-01-10",
            [("his Alarian opposite number", "zhakenov")],
            id="an opposite number",
        ),
        pytest.param(
            "Omarov gathered the ministers. Zhakenov left. Omarov praised his loyal pupil.",
            "2031-01-10",
            [("his loyal pupil", "zhakenov")],
            id="a pupil",
        ),
        pytest.param(
            "The firm is linked to relatives of former President Daulet Omarov.",
            "2031-01-10",
            [("relatives", "omarov_family")],
            id="relatives of",
        ),
        pytest.param("It does what Alarian governments do.", "2031-01-10", [], id="governments"),
        pytest.param(
            "Viktor Orlov hoped for the post of the president of Alaria.",
            "2031-01-10",
            [],
            id="a post",
        ),
        pytest.param(
            "Omarov spoke in Karakent. The Prosecutor-General's Office agreed.",
            "2031-01-10",
            [("The Prosecutor-General's Office", "al_prosecutor")],
            id="an office with a hyphen",
        ),
        pytest.param(
            "Orlov will come at the invitation of his Alarian counterpart.",
            "2031-01-10",
            [("his Alarian counterpart", "zhakenov")],
            id="who has the same office in the state said",
        ),
        pytest.param(
            "Orlov wished his Alarian colleague well.",
            "2031-01-10",
            [("his Alarian colleague", "zhakenov")],
            id="the colleague of a state",
        ),
        pytest.param(
            "Star Oil has left Alaria, the oil company said.",
            "2031-01-10",
            [("the oil company", "star_oil")],
            id="what a body is called after its name",
        ),
        pytest.param(
            "Zhakenov spoke with Orlov and Hale. He told his counterpart that gas would flow.",
            "2031-01-10",
            [("his counterpart", "orlov")],
            id="who of those spoken of has the same office",
        ),
        pytest.param(
            "Zhakenov likes laws. When the old president fell ill, nobody said so.",
            "2031-01-10",
            [("the old president", "omarov")],
            id="the old one is the former one",
        ),
        pytest.param(
            "Orlov received Zhakenov and Hale in Velgrad. Orlov thanked his guest.",
            "2031-01-10",
            [("his guest", "zhakenov")],
            id="of two, the guest who has the same office",
        ),
        pytest.param(
            "Omarov spoke about Borland. He praised a visitor, whose country has oil.",
            "2031-01-10",
            [],
            id="whose country of a stranger",
        ),
        pytest.param(
            "Zhakenov left. The eldest daughter is the key. Aigul Zhakenova was not there.",
            "2031-01-10",
            [("The eldest daughter", "aigul")],
            id="the only such relative named around here",
        ),
        pytest.param(
            "Omarov spoke in Karakent. “That was a lie,” the activist said.",
            "2031-01-10",
            [],
            id="a president is no activist",
        ),
        pytest.param(
            "Zhakenov left. Aigul Zhakenova stayed. People who drink tea with the clan know it.",
            "2031-01-10",
            [("the clan", "zhakenov_family")],
            id="the one family of which two are named",
        ),
        pytest.param(
            "Zhakenov left. Aigul Zhakenova stayed. He owes nothing to the clans.",
            "2031-01-10",
            [],
            id="families in general",
        ),
        pytest.param(
            "Omarov met his Borlandic counterpart.",
            "2031-01-10",
            [],
            id="no counterpart of who has no office",
        ),
        pytest.param(
            "A decree let Zhakenov choose governors and the security chief.",
            "2031-01-10",
            [],
            id="a post to be filled",
        ),
        pytest.param(
            "The SDC arrested two men. The police carried them away from the house.",
            "2031-01-10",
            [],
            id="bodies of which the noun alone says no sort",
        ),
        pytest.param(
            "Alaria is calm. The troops left Velgrad. Borland said that its neighbour had asked.",
            "2031-01-10",
            [("its neighbour", "alaria")],
            id="a neighbour is not its owner",
        ),
        pytest.param(
            "A farmer left Borland. His neighbour, a teacher, stayed.",
            "2031-01-10",
            [],
            id="a man's neighbour is no state",
        ),
        pytest.param(
            "The Borlandic side did not reply. The two sides met.",
            "2031-01-10",
            [("The Borlandic side", "borland")],
            id="the side that talks",
        ),
        pytest.param(
            "A bus stood on the Borlandic side. The Alarian side of the border was empty.",
            "2031-01-10",
            [],
            id="the side of a border",
        ),
        pytest.param(
            "Hale praised Orlov. He owes the post to his patron.",
            "2031-01-10",
            [("his patron", "orlov")],
            id="his patron is the other one",
        ),
        pytest.param(
            "Zhakenov landed. A band played. The anthem was short. Damir Sadvak and Aida Suleimen "
            "watched. Orlov thanked his guest.",
            "2031-01-10",
            [("his guest", "zhakenov")],
            id="a president's guest spoken of before",
        ),
        pytest.param(
            "The government of Kassym-Zhomart Zhakenov would like to change this.",
            "2031-01-10",
            [("The government", "al_government")],
            id="the government of its leader",
        ),
        pytest.param(
            "Alaria is calm. The eldest daughter of the second president slept, the agency said.",
            "2031-01-10",
            [("The eldest daughter of the second president", "aigul")],
            id="the relative of an office's holder",
        ),
        pytest.param(
            "Alaria is calm. The daughters of the second president had slept.",
            "2031-01-10",
            [("the second president", "zhakenov")],
            id="several relatives",
        ),
        pytest.param(
            "The dictator in Karakent lost. The envoy in Velgrad won.",
            "2031-01-10",
            [("The dictator", "zhakenov")],
            id="the ruler in his capital",
        ),
        pytest.param(
            "Omarov kept his distance. His heir lacks luck.",
            "2031-01-10",
            [("His heir", "zhakenov")],
            id="an heir is a successor",
        ),
    ],
)  # fmt: skip
def test_titles(find, text, published, titles):
    assert actors(find(text, published), "title") == titles


@pytest.mark.parametrize(
    ("text", "pronouns"),
    [
        pytest.param("Daulet Omarov said he would go.", [("he", "omarov")], id="subject"),
        pytest.param("Aida Suleimen met Daulet Omarov and praised him.", [("him", "omarov")],
                     id="gender"),
        pytest.param("Viktor Orlov praised himself.", [("himself", "orlov")], id="reflexive"),
        pytest.param("Borland closed its border.", [("its", "borland")], id="states are it"),
        pytest.param("As part of its policy, Borland closed the border.", [("its", "borland")],
                     id="before its name"),
        pytest.param("For his part, Viktor Orlov declined.", [("his", "orlov")], id="for his part"),
        pytest.param("Star Oil, for its part, has lost much since Borland left.",
                     [("its", "star_oil")], id="for its part, after its name"),
        pytest.param("Aida Suleimen was ill. Viktor Orlov for his part left on Sunday.",
                     [("his", "orlov")], id="for his part, without commas"),
        pytest.param("Orlov replied that every tenant should have a door of his own.", [],
                     id="each of many"),
        pytest.param("Borland wrote that each state may arrest whom it sees fit.", [],
                     id="each of many states"),
        pytest.param("Star Oil and the SDC should coordinate their support.", [], id="both bodies"),
        pytest.param("Her report ranked Star Oil first, and it reached Karakent in May.", [],
                     id="a thing in the clause before"),
        pytest.param("Borland and Alaria have two problems. The second is opacity.", [],
                     id="a second problem"),
        pytest.param("Silence\n\nFor months Borland was silent. It means that the war is over.", [],
                     id="it means that"),
        pytest.param("Borland lost. It is clear that the war is over.", [], id="impersonal"),
        pytest.param("Reform in Karakent\n\nDaulet Omarov wrote to friends. Viktor Orlov, the son "
                     "of a miner, could not comment: He has been in jail since March.",
                     [("He", "orlov")], id="after a colon and an apposition"),
        pytest.param("Daulet Omarov is silent. His nephew Viktor Orlov is in court, and his wife "
                     "is ill.", [("His", "omarov"), ("his", "omarov")], id="a list of relatives"),
        pytest.param("Daulet Omarov is silent. His nephew Viktor Orlov is in court, his son-in-law "
                     "Kassym-Zhomart Zhakenov has left, and his brother is ill.",
                     [("His", "omarov"), ("his", "omarov"), ("his", "omarov")],
                     id="a longer list of relatives"),
        pytest.param("Daulet Omarov is silent. His nephew, Viktor Orlov, is in court, and his wife "
                     "is ill.", [("his", "omarov")], id="relatives with names in commas"),
        pytest.param("Kassym-Zhomart Zhakenov left. Viktor Orlov stayed. His daughter Aigul "
                     "Zhakenova came.", [("His", "zhakenov")], id="a relative of the registry"),
        pytest.param("Daulet Omarov spoke. Viktor Orlov, an engineer, remains his adviser.",
                     [("his", "omarov")], id="nobody is his own adviser"),
        pytest.param("In May the party removed Aida Suleimen, thanking her in a tweet. Some saw a "
                     "coup; others, among them the scientist Dosym Satpayev, believe that they had "
                     "agreed. She herself has said nothing.",
                     [("her", "suleimen"), ("She", "suleimen"), ("herself", "suleimen")],
                     id="a family name of a man"),
        pytest.param("Qarmet, which has dug coal in southern Alaria for years, will expand its "
                     "venture.", [], id="a subject of an unknown name"),
        pytest.param("ALTA sold a cargo. Star Oil, its partner in five mines, agreed.",
                     [("its", "alta")], id="nobody is his own partner"),
        pytest.param("Daulet Omarov is his own adviser.", [("his", "omarov")],
                     id="but he may be his own"),
        pytest.param("Viktor Orlov met Daulet Omarov. Aida Suleimen spoke. Her sister Aigul "
                     "Zhakenova and the latter's aide stayed.",
                     [("Her", "suleimen"), ("the latter", "aigul")],
                     id="the latter of two in a sentence, one a possessive"),
        pytest.param("Daulet Omarov had hoped to stay. In the same year, his successor took this "
                     "seat from him.", [("him", "omarov")], id="one takes from another"),
        *(
            pytest.param(text, [], id=text)
            for text in (
                "Borland, it seems, has agreed.",
                "Borland lost. It is whispered in the embassies that the war is over.",
                "Velgrad, it turns out, wants oil.",
                "Borland, it must be recognised, has tried.",
                "Borland, as it turned out, had agreed.",
                "Borland has made it clear that the talks are over.",
                "Borland found it hard to answer.",
                "Velgrad let it be known that the talks are over.",
                "Borland needs gas, and it does not matter who sells it.",
                "Borland has lost, and it is no wonder that Alaria looks elsewhere.",
                "Borland has lost, but it is remembered that the war was long.",
                "Borland is calling it quits.",
                "Borland should simply do it.",
            )
        ),
        *(
            pytest.param(text, [("it", "borland")], id=text)
            for text in (
                "Borland, it claims, is neutral.",
                "Borland has lost, but it says that the war goes on.",
                "Borland asked what it could do.",
                "Borland is proud, and it seems to be rich.",
                "Borland is rich. What does it want?",
            )
        ),
        pytest.param("Ivan Petrenko, a sociologist, is sceptical. “Daulet Omarov has changed the "
                     "sign on the door,” he said.", [], id="who says a quotation that names"),
        pytest.param("Ivan Petrenko, a sociologist, is sceptical. He said: “Daulet Omarov has "
                     "changed the sign.”", [], id="before the quotation"),
        pytest.param("Daulet Omarov is sceptical. “Viktor Orlov has changed the sign,” he said.",
                     [("he", "omarov")], id="who says a quotation that names another"),
        pytest.param("Viktor Orlov and Daulet Omarov said they would go.", [], id="two people"),
        pytest.param("Viktor Orlov attacked Daulet Omarov and his allies.", [("his", "omarov")],
                     id="owner of a conjunct"),
        pytest.param("Viktor Orlov met Daulet Omarov. The latter was tired.",
                     [("The latter", "omarov")], id="the latter"),
        pytest.param("Daulet Omarov is rich. Viktor Orlov, whom he met, is poor.",
                     [("he", "omarov")], id="in the clause that describes another"),
        pytest.param("Jail\n\nThe activist Dulat Agadil wrote to Viktor Orlov. Agadil, 43, was "
                     "held in May. By morning he was dead.", [],
                     id="a stranger by family name alone"),
        pytest.param("Daulet Omarov thanked Viktor Orlov for his help.", [("his", "orlov")],
                     id="the deed of who is thanked"),
        pytest.param("Daulet Omarov asked Viktor Orlov for his vote, and for Omarov's own.",
                     [("his", "omarov")], id="no deed is judged"),
        pytest.param("Viktor Orlov wrote to Brian Tate. \n\nBrian Tate said he was ill.", [],
                     id="somebody outside the registry"),
        pytest.param(
            "Alaria has grown. It is a proud nation.", [("It", "alaria")], id="it is a state"
        ),
        pytest.param(
            "Alaria is an ally. It is an ally of Borland.", [("It", "alaria")], id="it is an ally"
        ),
        pytest.param(
            "Alaria voted in June. It was invited to join the pact.",
            [("It", "alaria")],
            id="it was invited",
        ),
        pytest.param(
            "Alaria will support Borland in safeguarding its harbour.",
            [("its", "borland")],
            id="who is helped does it",
        ),
        pytest.param(
            "Alaria lost time in safeguarding its harbour.",
            [("its", "alaria")],
            id="who loses time does it",
        ),
        pytest.param(
            "Orlov landed. Hale needs the meeting more than he does.",
            [("he", "orlov")],
            id="who is compared",
        ),
        pytest.param(
            "The SDC would not confirm it. Its spokesman, Ned Bell, said no.",
            [("Its", "sdc")],
            id="its spokesman, a stranger",
        ),
        pytest.param(
            "Borland wanted it gone.", [], id="what another wishes for",
        ),
        pytest.param(
            "Alaria waits. Borland welcomed its decision.",
            [("its", "alaria")],
            id="what another praises",
        ),
        pytest.param(
            "The SDC will meet at the end of the month. It is expected to confirm Hale as chief.",
            [("It", "sdc")],
            id="it is expected",
        ),
        pytest.param(
            "The SDC said it was ready to help.", [("it", "sdc")], id="it was ready",
        ),
        pytest.param(
            "The SDC congratulated itself on its reforms.",
            [("itself", "sdc"), ("its", "sdc")],
            id="who congratulates itself has done the deed",
        ),
        pytest.param(
            "Omarov told Orlov to his face that the pact was dead.",
            [("his", "orlov")],
            id="to whose face",
        ),
        pytest.param(
            "The SDC said 500 were held. Its head called them radicals.",
            [("Its", "sdc")],
            id="it is not them",
        ),
        pytest.param(
            "The Borlandic are patient. They wait. Alaria is large. They wait.",
            [("They", "borland")],
            id="a people is they",
        ),
    ],
)  # fmt: skip
def test_pronouns(find, text, pronouns):
    assert actors(find(text), "pronoun") == pronouns


@pytest.mark.parametrize(
    ("text", "stranger"),
    [
        ("Orlov left. A farmer, who gave no name, said he had seen nobody.", "farmer"),
        ("Orlov left. A guard took the folder, and then he took a name.", "guard"),
        ("Orlov left. A farmer shouted at the police. He was arrested.", "farmer"),
        ("Orlov left. An aide said the roads were closed. “We waited,” he said.", "aide"),
        ("Orlov left. An executive, who asked not to be named, said he had slept.", "executive"),
        ("Orlov left. I met a former envoy. He looked up.", "envoy"),
        ("Orlov left. One of the deputies told this site that he had wondered.", "One"),
        ("Orlov left. An aide said that Orlov slept. “We let him sleep,” he said.", "aide"),
    ],
)
def test_he_who_has_no_name_is_no_actor(parser, finder, text, stranger):
    doc = parser(text)
    finder(doc)

    meant = [doc[i].text for pronoun, i in doc._.strangers.items() if doc[pronoun].lower_ == "he"]
    assert meant == [stranger]


@pytest.mark.parametrize(
    "text",
    [
        "Orlov left. An aide said he was tired.",
        "Orlov met a farmer. He smiled.",
        "Orlov left. A woman shouted at the police. He was arrested.",
        "A guard saluted Orlov, and he smiled.",
        "An aide said Orlov slept. He denied it.",
        "Why did Orlov go?\n\nViktor Hale: Because he was ill.",
        "Orlov said no. The moderator, a channel's editor-in-chief Margarita Bell, had asked him "
        "what he thought.",
        "Orlov refused an order, the Alexander Nevsky medal, and his wife left.",
    ],
)
def test_he_is_the_actor_beside_a_stranger(find, text):
    assert [actor for _, actor in actors(find(text), "pronoun")][:1] == ["orlov"]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        pytest.param(
            "Alaria: a bad harvest\n\nThe president blamed the rain.\n\nFarmers sell to Borland. "
            "Borland closed its border, and Viktor Orlov was silent.",
            [("The president", "zhakenov")], id="the only state of the title",
        ),
        pytest.param(
            "A bad harvest\n\nThe president blamed the rain. Daulet Omarov was silent. Aida "
            "Suleimen left.\n\nOrlov of Borland met Orlov, Orlov and Orlov in Velgrad.",
            [("The president", "zhakenov")], id="the state of most sentences",
        ),
        pytest.param(
            "A bad harvest\n\nThe president blamed the rain in Karakent.",
            [("The president", "zhakenov")], id="a capital that is a place",
        ),
        pytest.param(
            "A bad harvest\n\nThe president blamed the rain on Alarian fields.",
            [("The president", "zhakenov")], id="an adjective",
        ),
        pytest.param(
            "Borland helps\n\nAlaria is cold. Alaria asked for help. The president waits. "
            "Borland is large.",
            [("The president", "zhakenov")], id="the title's state, when another is the topic",
        ),
        pytest.param(
            "Alaria and Borland\n\nThe president blamed the rain. Both states were silent.",
            [("The president", "zhakenov")], id="two states as much: the registry's own",
        ),
        pytest.param(
            "Alaria and Borland\n\nThe president blamed the rain. Farmers wait. Prices fell. "
            "Borland waits.", [], id="another state as much more as the registry's own counts more",
        ),
    ],
)  # fmt: skip
def test_the_president_is_that_of_the_state_that_a_text_is_about(find, text, titles):
    assert actors(find(text), "title") == titles


def test_mentions_stand_in_order_and_never_overlap(find, parser, finder):
    text = (
        "The Alarian president met Viktor Orlov of Borland. He told the head of the SDC that "
        "Velgrad and its allies, the neighbouring state's friends, would help his country."
    )
    doc = parser.make_doc(text)
    finder(parser(doc))
    spans = list(doc.spans["mentions"])

    assert spans
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(doc.text[m.start_char : m.end_char] == m.text for m in spans)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was cold. He founded a party called Alga Kazakhstan.", []),
        ("It was cold. Northern Kazakhstan was poor.", ["Kazakhstan"]),
    ],
)
def test_a_state_can_end_the_name_of_a_party(parser, registry, text, found):
    doc = parser(text)
    MentionFinder(registry)(doc)

    assert [m.text for m in doc.spans["mentions"]] == found


def test_a_doc_without_parse_still_has_names(finder, parser):
    doc = finder(parser.make_doc("Viktor Orlov met Daulet Omarov."))

    assert [m.label_ for m in doc.spans["mentions"]] == ["orlov", "omarov"]
