"""Graphs of invented news of any size: real sentences, every status, offsets that hold.

``graph(nodes, statements, seed=1)`` gives entities, statements and articles as `kg.merge` does.
"""

from __future__ import annotations

import hashlib
import math
import random
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.model import (
    Article,
    Block,
    Entity,
    Evidence,
    Inferred,
    Literal,
    Node,
    Quotation,
    Relation,
    Statement,
    StatementArgument,
)

BASE = "https://kg.example/"
FIRST = [
    "Ada",
    "Amara",
    "Anil",
    "Beatriz",
    "Chen",
    "Clara",
    "Dmitri",
    "Elif",
    "Emeka",
    "Femi",
    "Greta",
    "Hana",
    "Ilya",
    "Ines",
    "Jonas",
    "Kwame",
    "Laila",
    "Liam",
    "Mara",
    "Mateo",
    "Mei",
    "Nadia",
    "Noor",
    "Olga",
    "Omar",
    "Priya",
    "Rafael",
    "Rosa",
    "Samir",
    "Sofia",
    "Tariq",
    "Tess",
    "Viktor",
    "Wanda",
    "Yara",
    "Yusuf",
    "Zoe",
]
LAST = [
    "Abara",
    "Bergström",
    "Castillo",
    "Demir",
    "Eriksen",
    "Fontaine",
    "Gallo",
    "Haddad",
    "Ivanova",
    "Jansen",
    "Kovač",
    "Lindqvist",
    "Marchetti",
    "Nakamura",
    "Okafor",
    "Petrov",
    "Quispe",
    "Rahman",
    "Sandoval",
    "Tanaka",
    "Ueda",
    "Varga",
    "Whitlock",
    "Ximénez",
    "Yildiz",
    "Zhang",
    "Ashworth",
    "Brightwater",
    "Coleridge",
    "Dunmore",
    "Hartwell",
    "Merriweather",
]
STEM = [
    "Alder",
    "Arcadia",
    "Beacon",
    "Cobalt",
    "Delphi",
    "Ember",
    "Fathom",
    "Garnet",
    "Harbor",
    "Iris",
    "Juniper",
    "Keystone",
    "Lumen",
    "Meridian",
    "Northwind",
    "Orchard",
    "Pinnacle",
    "Quartz",
    "Raven",
    "Solstice",
    "Tidewater",
    "Umbra",
    "Vantage",
    "Willow",
    "Zephyr",
    "Halcyon",
    "Corvid",
    "Saffron",
    "Basalt",
    "Mistral",
]
KIND = [
    "Studios",
    "Pictures",
    "Labs",
    "Systems",
    "Energy",
    "Media",
    "Motors",
    "Bank",
    "Foods",
    "Pharma",
    "Airlines",
    "Networks",
]
TOWN = ["Port", "San", "New", "East", "Lower", "Upper"]
TOWN2 = [
    "haven",
    "Arbor",
    "Castell",
    "Ridge",
    "Vale",
    "Brook",
    "Harrow",
    "Minster",
    "Selby",
    "Cross",
]
TOPIC = [
    "generative AI",
    "job security",
    "box office revenue",
    "supply chains",
    "wage talks",
    "data privacy",
    "offshore wind",
    "visual effects",
    "building safety",
    "interest rates",
    "ticket prices",
    "film financing",
]
MONTHS = (("January", "2025-01"), ("March", "2025-03"), ("June", "2025-06"), ("October", "2025-10"))
OUTLETS = "The Harbour Post;Morning Ledger;Wire Seven;Daily Meridian;City Chronicle;Global Brief"
#: What who does to whom: subject type, relation, verb now, bare verb, object type.
FRAMES = (
    ("Company", "used", "has begun to use", "use", "Software"),
    ("Company", "acquired", "acquired", "acquire", "Company"),
    ("Company", "investedIn", "invested in", "invest in", "Company"),
    ("Company", "partneredWith", "teamed up with", "team up with", "Company"),
    ("Company", "released", "released", "release", "Series"),
    ("Company", "sued", "sued", "sue", "Company"),
    ("Company", "headquarteredIn", "is based in", "move to", "Place"),
    ("Person", "leads", "leads", "lead", "Company"),
    ("Person", "criticized", "criticised", "criticise", "Topic"),
    ("Person", "met", "met", "meet", "Person"),
    ("Person", "praised", "praised", "praise", "Company"),
    ("Series", "features", "features", "feature", "Person"),
    ("Company", "announced", "announced", "announce", "Event"),
    ("Event", "locatedIn", "took place in", "take place in", "Place"),
    ("Organization", "opposes", "opposed", "oppose", "Topic"),
)  # fmt: skip
SHARE = {
    "Person": 30, "Company": 24, "Organization": 7, "Place": 10, "Series": 8, "Software": 7,
    "Event": 6, "Topic": 8,
}  # fmt: skip
SPOKEN = (
    "We will not rush this; people come first",
    "The numbers speak for themselves",
    "It was done ten times faster than we had thought",
    "Nobody asked the crews what they wanted",
    "This is the beginning, not the end",
)


@dataclass
class Graph:
    entities: list[Entity] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)

    def parts(self) -> tuple[list[Entity], list[Statement], list[Article]]:
        return self.entities, self.statements, self.articles


def graph(nodes: int, statements: int | None = None, *, seed: int = 1) -> Graph:
    """A graph of so many entities and statements (four times as many, if not told)."""
    rng = random.Random(seed)
    things = _entities(nodes, rng)
    wanted = nodes * 4 if statements is None else statements
    if nodes < 2:
        return Graph(things)
    groups = max(1, round(math.sqrt(nodes) / 2))
    pools: dict[tuple[str, int], list[Entity]] = {}
    for i, thing in enumerate(things):
        pools.setdefault((thing.type, i % groups), []).append(thing)
        pools.setdefault((thing.type, -1), []).append(thing)
    articles: list[Article] = []
    outlet_of: dict[str, str] = {}
    found: dict[str, Statement] = {}
    while len(found) < wanted:
        group = rng.randrange(groups)
        number = len(articles)
        said: list[tuple[str, Statement, tuple[str, str, str]]] = []
        for _ in range(min(rng.randint(6, 14), wanted - len(found) + 3)):
            said.append(_sentence(rng, pools, group, number))
        text, spans = "", []
        for i, (sentence, _, _) in enumerate(said):
            text += ("\n\n" if i % 3 == 0 and text else " " if text else "") + sentence
            spans.append((len(text) - len(sentence), len(text)))
        day = rng.randrange(600)
        date = f"{2024 + day // 365}-{day % 365 // 31 + 1:02}-{day % 28 + 1:02}"
        outlet = rng.choice(OUTLETS.split(";"))
        title = said[0][0].rstrip(".")[:70]
        article = Article(
            id=_hash("article", number, text), source=f"{number:05}.txt", text=text, title=title,
            date=date, publisher=outlet, url=f"https://news.example/{number}",
            blocks=(Block("paragraph", 0, len(text)),),
        )  # fmt: skip
        articles.append(article)
        outlet_of[article.id] = outlet
        for (_, statement, words), (start, end) in zip(said, spans, strict=True):
            evidence = Evidence(
                f"{BASE}evidence/{_hash(article.id, start, statement.id)}", article.id,
                article.source, start, end, text[start:end], *words, "relations",
            )  # fmt: skip
            known = found.get(statement.id, statement)
            pieces = (*known.evidence, evidence)
            outlets = {outlet_of[e.article] for e in pieces}
            found[statement.id] = replace(known, evidence=pieces, source_count=len(outlets))
            if len(found) >= wanted:
                break
    where: dict[str, set[str]] = {}
    for s in found.values():
        target = s.object
        for iri in [s.subject.id, *([target.id] if isinstance(target, Node) else [])]:
            where.setdefault(iri, set()).update(e.article for e in s.evidence)
    things = [replace(t, articles=tuple(sorted(where.get(t.id, ())))) for t in things]
    return Graph(things, sorted(found.values(), key=lambda s: s.id), articles)


def _entities(count: int, rng: random.Random) -> list[Entity]:
    out: list[Entity] = []
    kinds = list(SHARE)
    plan = rng.choices(kinds, weights=[SHARE[k] for k in kinds], k=count)
    plan[: len(kinds)] = [*kinds, *kinds][: min(count, len(kinds))]
    seen: set[str] = set()
    for i, kind in enumerate(plan):
        label = _name(kind, rng)
        while label in seen:
            label = f"{_name(kind, rng)} {_roman(i)}"
        seen.add(label)
        aliases: tuple[str, ...] = ()
        if kind == "Person":
            aliases = (label.split()[1],)
        elif kind == "Company":
            aliases = (f"{label} Inc.", "".join(w[0] for w in label.split()))
        slug = label.replace(" ", "_")
        out.append(Entity(f"{BASE}entity/{slug}", label, kind, aliases, named=kind != "Topic"))
    return out


def _name(kind: str, rng: random.Random) -> str:
    if kind == "Person":
        return f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    if kind == "Company":
        return f"{rng.choice(STEM)} {rng.choice(KIND)}"
    if kind == "Organization":
        return f"{rng.choice(['Guild of', 'Union of', 'Institute for'])} {rng.choice(STEM)} {rng.choice(['Writers', 'Crews', 'Pilots', 'Safety'])}"
    if kind == "Place":
        return f"{rng.choice(TOWN)} {rng.choice(TOWN2)}"
    if kind == "Series":
        return (
            f"The {rng.choice(STEM)} {rng.choice(['Affair', 'Hour', 'Trial', 'Coast', 'Signal'])}"
        )
    if kind == "Software":
        return f"{rng.choice(STEM)}{rng.choice(['Gen', 'Flow', 'Mind', 'Cut', 'Sight'])} {rng.randint(1, 9)}"
    if kind == "Event":
        return f"{rng.choice(STEM)} {rng.choice(['Summit', 'Strike', 'Festival', 'Inquiry'])} {rng.choice([2024, 2025])}"
    return rng.choice(TOPIC)


def _roman(i: int) -> str:
    return "".join("IVXLCDM"[int(d) % 7] for d in str(i))


def _sentence(
    rng: random.Random, pools: dict[tuple[str, int], list[Entity]], group: int, number: int
) -> tuple[str, Statement, tuple[str, str, str]]:
    def pick(kind: str, other: Entity | None = None) -> Entity:
        local = pools.get((kind, group if rng.random() < 0.85 else -1)) or pools.get((kind, -1))
        pool = [e for e in local or () if e is not other]
        pool = pool or [e for p in pools.values() for e in p if e is not other]
        return pool[min(int(rng.expovariate(1 / (len(pool) * 0.22 + 0.6))), len(pool) - 1)]

    kind, relation, verb, bare, target = rng.choice(FRAMES)
    subject = pick(kind)
    dice = rng.random()
    if dice < 0.12:
        return _quotation(rng, pick("Person"), subject)
    if dice < 0.2:
        return _amount(rng, pick("Company"))
    obj = pick(target, subject)
    month, value = rng.choice(MONTHS)
    time = StatementArgument("time", month, value, "xsd:gYearMonth")
    speaker: Entity | None = None
    if dice < 0.58:
        status, words = "asserted", f"{verb}"
        text = f"{subject.label} {words} {obj.label} in {month}."
    elif dice < 0.74:
        speaker = pick("Person", subject)
        status, words = "claimed", f"{verb}"
        text = f"{speaker.label} said {subject.label} {words} {obj.label} in {month}."
    elif dice < 0.82:
        status, words = "planned", f"plans to {bare}"
        text = f"{subject.label} {words} {obj.label} in {month}."
    elif dice < 0.9:
        status, words = "possible", f"may {bare}"
        text = f"{subject.label} {words} {obj.label}, two people close to the matter said."
    elif dice < 0.93:
        status, words = "hypothetical", f"were to {bare}"
        text = f"If {subject.label} {words} {obj.label}, prices would fall."
    else:
        status, words = "denied", f"did not {bare}"
        text = f"{subject.label} {words} {obj.label} in {month}, contrary to early reports."
    statement = Statement(
        f"{BASE}statement/{_hash(subject.id, relation, obj.id, status, speaker and speaker.id)}",
        _node(subject),
        Relation(f"{BASE}ontology#{relation}", " ".join(_split(relation))),
        _node(obj),
        status,
        "negative" if status == "denied" else "positive",
        attributed_to=_node(speaker) if speaker else None,
        time=time.value if month in text else None,
        arguments=(time,) if month in text else (),
        sourcing="two people close to the matter" if status == "possible" else None,
    )
    return text, statement, (subject.label, words, obj.label)


def _quotation(
    rng: random.Random, speaker: Entity, about: Entity
) -> tuple[str, Statement, tuple[str, str, str]]:
    words = f"{rng.choice(SPOKEN)} at {about.label}"
    cue = rng.choice(["said", "told reporters", "argued", "wrote"])
    text = f"“{words},” {speaker.label} {cue}."
    quotation = Quotation(
        f"{BASE}quote/{_hash(speaker.id, words)}",
        words,
        "direct",
        cue,
        1,
        1 + len(words),
        (about.id,),
    )
    statement = Statement(
        f"{BASE}statement/{_hash(speaker.id, 'said', quotation.id)}", _node(speaker),
        Relation(f"{BASE}ontology#said", "said"), quotation, "asserted",
    )  # fmt: skip
    return text, statement, (speaker.label, cue, words)


def _amount(rng: random.Random, subject: Entity) -> tuple[str, Statement, tuple[str, str, str]]:
    amount = rng.randint(2, 900)
    words = f"${amount} million"
    text = f"{subject.label} had revenue of {words} last year."
    literal = Literal(str(amount * 1_000_000), "xsd:decimal", words, "USD")
    statement = Statement(
        f"{BASE}statement/{_hash(subject.id, 'revenue', amount)}", _node(subject),
        Relation(f"{BASE}ontology#revenue", "revenue"), literal, "asserted",
    )  # fmt: skip
    return text, statement, (subject.label, "had revenue of", words)


def _node(entity: Entity) -> Node:
    return Node(entity.id, entity.label, entity.type, entity.aliases)


def _split(word: str) -> list[str]:
    import re

    return [w.lower() for w in re.findall(r"[A-Z]?[a-z]+", word)]


def _hash(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


# --- one graph small enough to know by heart ---------------------------------------------------

_TEXTS = (
    ("harbour.txt", "Studio tests video tool", "2025-08-06", "The Harbour Post", "https://news.example/a",
     "Alder Studios has begun to use CutMind 2. “It was done ten times faster,” Ada Demir said of "
     "the series The Coast Hour. Ada Demir leads Alder Studios."),
    ("ledger.txt", "Guild doubts studio's word", "2025-09-10", "Morning Ledger", "https://news.example/b",
     "Alder Studios now uses CutMind 2 in Porthaven. Omar Gallo said the tool replaces crews. "
     "Alder Studios did not acquire Beacon Labs. Alder Studios plans to release The Coast Hour."),
    ("wire.txt", "Beacon Labs may move", "2024-02-01", "Wire Seven", None,
     "Beacon Labs may move to Porthaven. Beacon Labs had revenue of $40 million. "
     "If Beacon Labs were to sue Alder Studios, prices would fall. "
     "Alder Studios acquired Beacon Labs. Beacon Labs made CutMind 2 for the Guild of Crews."),
)  # fmt: skip
_THINGS = (
    ("Alder_Studios", "Alder Studios", "Company", ("Alder", "AS")),
    ("CutMind_2", "CutMind 2", "Software", ()),
    ("Ada_Demir", "Ada Demir", "Person", ("Demir",)),
    ("Omar_Gallo", "Omar Gallo", "Person", ("Gallo",)),
    ("Beacon_Labs", "Beacon Labs", "Company", ("Beacon Labs Inc.",)),
    ("Porthaven", "Porthaven", "Place", ()),
    ("The_Coast_Hour", "The Coast Hour", "Series", ()),
    ("Guild_of_Crews", "Guild of Crews", "Organization", ()),
    ("crews", "crews", "Topic", ()),
)


def small() -> Graph:
    """Nine entities, eleven statements: every status, a quotation, an amount, a denial of what
    another article asserts, one statement of two sources, and a chain of three hops."""
    articles = [
        Article(_hash(source), source, text, title, date, outlet, url)
        for source, title, date, outlet, url, text in _TEXTS
    ]
    nodes = {
        key: Node(f"{BASE}entity/{key}", label, kind, aliases)
        for key, label, kind, aliases in _THINGS
    }

    def evidence(number: int, sentence: str, words: tuple[str, str, str]) -> Evidence:
        article = articles[number]
        start = article.text.index(sentence)
        return Evidence(
            f"{BASE}evidence/{_hash(number, sentence)}", article.id, article.source, start,
            start + len(sentence), sentence, *words, "relations",
        )  # fmt: skip

    def say(
        subject: str, relation: str, target: object, status: str, *found: Evidence, **more: object
    ) -> Statement:
        value = nodes[target] if isinstance(target, str) else target
        return Statement(
            f"{BASE}statement/{_hash(subject, relation, repr(value), status)}", nodes[subject],
            Relation(f"{BASE}ontology#{relation}", " ".join(_split(relation))), value,  # type: ignore[arg-type]
            status, "negative" if status == "denied" else "positive",  # type: ignore[arg-type]
            source_count=len({e.article for e in found}), evidence=found, **more,  # type: ignore[arg-type]
        )  # fmt: skip

    words = "It was done ten times faster"
    quotation = Quotation(
        f"{BASE}quote/{_hash(words)}", words, "direct", "said", 43, 43 + len(words),
        (nodes["The_Coast_Hour"].id,),
    )  # fmt: skip
    use1 = evidence(
        0,
        "Alder Studios has begun to use CutMind 2.",
        ("Alder Studios", "has begun to use", "CutMind 2"),
    )
    use2 = evidence(
        1, "Alder Studios now uses CutMind 2 in Porthaven.", ("Alder Studios", "uses", "CutMind 2")
    )
    statements = [
        say("Alder_Studios", "used", "CutMind_2", "asserted", use1, use2, place="Porthaven"),
        say("Ada_Demir", "said", quotation, "asserted",
            evidence(0, "“It was done ten times faster,” Ada Demir said of the series The Coast Hour.", ("Ada Demir", "said", words))),
        say("Ada_Demir", "leads", "Alder_Studios", "asserted",
            evidence(0, "Ada Demir leads Alder Studios.", ("Ada Demir", "leads", "Alder Studios"))),
        say("CutMind_2", "replaced", "crews", "claimed",
            evidence(1, "Omar Gallo said the tool replaces crews.", ("the tool", "replaces", "crews")),
            attributed_to=nodes["Omar_Gallo"]),
        say("Alder_Studios", "acquired", "Beacon_Labs", "denied",
            evidence(1, "Alder Studios did not acquire Beacon Labs.", ("Alder Studios", "did not acquire", "Beacon Labs"))),
        say("Alder_Studios", "released", "The_Coast_Hour", "planned",
            evidence(1, "Alder Studios plans to release The Coast Hour.", ("Alder Studios", "plans to release", "The Coast Hour"))),
        say("Beacon_Labs", "movedTo", "Porthaven", "possible",
            evidence(2, "Beacon Labs may move to Porthaven.", ("Beacon Labs", "may move to", "Porthaven"))),
        say("Beacon_Labs", "revenue", Literal("40000000", "xsd:decimal", "$40 million", "USD"), "asserted",
            evidence(2, "Beacon Labs had revenue of $40 million.", ("Beacon Labs", "had revenue of", "$40 million"))),
        say("Beacon_Labs", "sued", "Alder_Studios", "hypothetical",
            evidence(2, "If Beacon Labs were to sue Alder Studios, prices would fall.", ("Beacon Labs", "were to sue", "Alder Studios"))),
        say("Alder_Studios", "acquired", "Beacon_Labs", "asserted",
            evidence(2, "Alder Studios acquired Beacon Labs.", ("Alder Studios", "acquired", "Beacon Labs")),
            time="2024-02"),
        say("Beacon_Labs", "supplies", "Guild_of_Crews", "asserted",
            evidence(2, "Beacon Labs made CutMind 2 for the Guild of Crews.", ("Beacon Labs", "made", "the Guild of Crews"))),
    ]  # fmt: skip
    where: dict[str, set[str]] = {}
    for s in statements:
        for node in (s.subject, s.object, s.attributed_to):
            if isinstance(node, Node):
                where.setdefault(node.id, set()).update(e.article for e in s.evidence)
    entities = [
        Entity(
            n.id, n.label, n.type, n.aliases, tuple(sorted(where.get(n.id, ()))), n.type != "Topic"
        )
        for n in nodes.values()
    ]
    return Graph(entities, sorted(statements, key=lambda s: s.id), articles)


def following(parts: Graph) -> list[Inferred]:
    """Three facts that follow from the small graph: a disputed one, one by a chain from it, a class."""

    def told(name: str, status: str = "asserted") -> Statement:
        return next(s for s in parts.statements if (s.predicate.label, s.status) == (name, status))

    def fact(key: str, one: Node, name: str, other: Node, *why: object, **more: object) -> Inferred:
        relation = Relation(f"{BASE}ontology#{name}", name)
        return Inferred(f"{BASE}inference/{key}", one, relation, other, *why, **more)  # type: ignore[arg-type]

    bought, denied, leads, used = (
        told("acquired"), told("acquired", "denied"), told("leads"), told("used"),
    )  # fmt: skip
    studio, labs = bought.subject, bought.object
    tool, ada = used.object, leads.subject
    assert isinstance(labs, Node) and isinstance(tool, Node)
    doubt = {"disputed": True, "denials": (denied,)}
    owns = fact("1", studio, "owns", labs, "subproperty", (bought,), **doubt)
    return [
        owns,
        fact("2", ada, "oversees", labs, "chain", (leads, owns), **doubt),
        fact(
            "3", tool, "is a", Node(f"{BASE}ontology#Product", "product", "Class"), "range", (used,)
        ),
    ]


def landed(out: Path, parts: Graph | None = None, number: int = 1) -> Path:
    """A graph (the small one) in a folder, as the build of this number leaves it but for Turtle and
    page, which are empty."""
    from kg.config import load_config
    from kg.folder import Manifest, land, store_files, unfinished
    from kg.graph import write_graph
    from kg.layout import OUTPUTS

    parts = parts or small()
    store = out / f"graph-{number}"
    count = write_graph(
        store, parts.entities, parts.statements, parts.articles, settings=load_config()
    )
    (out / "results").mkdir(exist_ok=True)
    for name in OUTPUTS:
        unfinished(out / name).touch()
    land(out, Manifest(graph=store.name, triples=count, files=store_files(store)), ())
    return out
