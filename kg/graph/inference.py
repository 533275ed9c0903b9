"""What follows from facts, each with what it follows from: rules applied until nothing new comes.

Facts are triples of IRIs (values as N-Triples has them). A round applies every rule to all that the
round before found; a fact that follows in several ways is told with the first round's, and of those
with the least premises, so that the outcome depends on the facts alone. Facts that somebody denies,
and what somebody denies of what follows, come in when nothing more follows from the others: what
needs them is disputed.

Machine-read facts are not axioms. Nothing follows from a fact whose ends are not of the classes that
its relation takes: it is misread, most likely. Two facts are joined only by something with a name,
never where they tell of different years or of what was once so, and never to what contradicts a fact.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Final

from kg.errors import GraphError
from kg.graph.axioms import Axioms
from kg.graph.vocab import RDF

Fact = tuple[str, str, str]
TYPE: Final = f"{RDF}type"
#: So many facts may follow; past that a rule has run away.
MOST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Step:
    """Why a fact follows: the rule and the facts that it was applied to, in their order."""

    rule: str
    premises: tuple[Fact, ...]
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class World:
    """What is known: ``facts`` of relations; ``kinds``, the classes of things; ``names``, the things
    with a name; ``denied``, what somebody denies; ``years`` that facts tell of, where all that
    states one tells a year; ``over``, facts of which a text says that they were once so."""

    facts: Set[Fact]
    kinds: Mapping[str, Set[str]]
    names: Set[str] = frozenset()
    denied: Set[Fact] = frozenset()
    years: Mapping[Fact, Set[str]] = field(default_factory=dict)
    over: Set[Fact] = frozenset()


def follow(axioms: Axioms, world: World, most: int = MOST) -> dict[Fact, Step]:
    """All that follows, in order. Raises `GraphError` when it is more than ``most``."""
    return _Closure(axioms, world, most).run()


class _Closure:
    def __init__(self, axioms: Axioms, world: World, most: int) -> None:
        self._axioms, self._world, self._most = axioms, world, most
        self._steps: dict[Fact, Step] = {}
        self._years, self._over = dict(world.years), set(world.over)
        self._after: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._before: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._joined = {relation for chain, _ in axioms.chains for relation in chain}
        self._at: defaultdict[str, list[tuple[tuple[str, ...], str, int]]] = defaultdict(list)
        for chain, target in axioms.chains:
            for place, relation in enumerate(chain):
                self._at[relation].append((chain, target, place))

    def run(self) -> dict[Fact, Step]:
        """All that follows."""
        denied = self._world.denied
        fit = {fact for fact in self._world.facts if self._fits(fact)}
        self._take(self._of_classes())
        held = self._rounds(fit - denied, disputed=False)
        self._take(held)
        self._rounds((fit & denied) | held.keys(), disputed=True)
        return dict(sorted(self._steps.items()))

    def _rounds(self, new: Set[Fact], *, disputed: bool) -> dict[Fact, Step]:
        """Apply the rules until nothing new comes; what somebody denies is held back, at first."""
        held: dict[Fact, Step] = {}
        while new:
            for fact in new:
                self._index(fact)
            found: dict[Fact, Step] = {}
            for fact in new:
                for conclusion, rule, premises in self._from(fact):
                    if self._is_news(conclusion, held):
                        step = Step(rule, premises, disputed)
                        known = found.get(conclusion)
                        if known is None or _rank(step) < _rank(known):
                            found[conclusion] = step
            for fact in [fact for fact in found if fact in self._world.denied and not disputed]:
                held[fact] = Step(found[fact].rule, found[fact].premises, disputed=True)
                del found[fact]
            self._take(found)
            new = found.keys()
        return held

    def _of_classes(self) -> dict[Fact, Step]:
        """What follows from the classes of things alone."""
        found: dict[Fact, Step] = {}
        for thing, kinds in self._world.kinds.items():
            for kind in sorted(kinds):
                for above in self._axioms.classes.get(kind, ()):
                    fact = (thing, TYPE, above)
                    if above not in kinds and fact not in found:
                        found[fact] = Step("subclass", ((thing, TYPE, kind),))
        return found

    def _take(self, found: Mapping[Fact, Step]) -> None:
        self._steps.update(found)
        for fact, step in found.items():
            told = [self._years[p] for p in step.premises if p in self._years]
            if told:
                self._years[fact] = frozenset.intersection(*map(frozenset, told))
            if not self._over.isdisjoint(step.premises):
                self._over.add(fact)
        if len(self._steps) > self._most:
            relations = Counter(relation for _, relation, _ in self._steps)
            worst = max(sorted(relations), key=relations.__getitem__)
            raise GraphError(
                f"more than {self._most:,} facts would follow, most of them of {worst}. Declare less "
                "of it in your ontology, or leave inference out."
            )

    def _is_news(self, fact: Fact, held: Mapping[Fact, Step]) -> bool:
        subject, relation, target = fact
        if subject == target or fact in self._world.facts or fact in self._steps or fact in held:
            return False
        if relation == TYPE:
            return target not in self._world.kinds.get(subject, ())
        return self._fits(fact)

    def _fits(self, fact: Fact) -> bool:
        """Whether the ends are of the classes that the relation takes."""
        axioms, kinds = self._axioms, self._world.kinds
        subject, relation, target = fact
        if relation == TYPE:
            return True
        if not all(
            axioms.fits(kinds.get(subject, ()), wanted)
            for wanted in axioms.domains.get(relation, ())
        ):
            return False
        return target.startswith('"') or all(
            axioms.fits(kinds.get(target, ()), wanted) for wanted in axioms.ranges.get(relation, ())
        )

    def _index(self, fact: Fact) -> None:
        subject, relation, target = fact
        if relation in self._joined and fact not in self._over:
            self._after[relation, subject].add(target)
            self._before[relation, target].add(subject)

    def _from(self, fact: Fact) -> Iterator[tuple[Fact, str, tuple[Fact, ...]]]:
        """What follows from a fact, alone and with others, and by which rule."""
        subject, relation, target = fact
        axioms, premise = self._axioms, (fact,)
        if relation == TYPE:
            for above in axioms.classes.get(target, ()):
                yield (subject, TYPE, above), "subclass", premise
            return
        for above in axioms.relations.get(relation, ()):
            yield (subject, above, target), "subproperty", premise
        yield from self._classes(fact)
        if target.startswith('"'):
            return
        for other in axioms.inverses.get(relation, ()):
            yield (target, other, subject), "inverse", premise
        if relation in axioms.symmetric:
            yield (target, relation, subject), "symmetric", premise
        if fact not in self._over:
            for chain, follows, place in self._at.get(relation, ()):
                yield from self._joins(fact, chain, follows, place)

    def _classes(self, fact: Fact) -> Iterator[tuple[Fact, str, tuple[Fact, ...]]]:
        """The classes that the ends of a fact must have, where they are known less closely."""
        subject, relation, target = fact
        kinds = self._world.kinds
        for wanted in self._axioms.domains.get(relation, ()):
            if subject in kinds and self._axioms.narrows(kinds[subject], wanted):
                yield (subject, TYPE, wanted), "domain", (fact,)
        for wanted in self._axioms.ranges.get(relation, ()):
            if target in kinds and self._axioms.narrows(kinds[target], wanted):
                yield (target, TYPE, wanted), "range", (fact,)

    def _joins(
        self, fact: Fact, chain: tuple[str, ...], follows: str, place: int
    ) -> Iterator[tuple[Fact, str, tuple[Fact, ...]]]:
        """What follows from facts in a row, of which this is one."""
        rule = "transitive" if chain == (follows, follows) else "chain"
        for left in self._leftwards(fact, chain[:place]):
            for row in self._rightwards(left, chain[place + 1 :]):
                subject, target = row[0][0], row[-1][2]
                contrary = (target, follows, subject)
                if contrary not in self._world.facts or follows in self._axioms.symmetric:
                    yield (subject, follows, target), rule, row

    def _leftwards(self, fact: Fact, chain: tuple[str, ...]) -> Iterable[tuple[Fact, ...]]:
        rows: list[tuple[Fact, ...]] = [(fact,)]
        for relation in reversed(chain):
            rows = [
                ((other, relation, row[0][0]), *row)
                for row in rows
                if row[0][0] in self._world.names
                for other in self._before.get((relation, row[0][0]), ())
                if self._at_once((other, relation, row[0][0]), row)
            ]
        return rows

    def _rightwards(
        self, row: tuple[Fact, ...], chain: tuple[str, ...]
    ) -> Iterable[tuple[Fact, ...]]:
        rows = [row]
        for relation in chain:
            rows = [
                (*row, (row[-1][2], relation, other))
                for row in rows
                if row[-1][2] in self._world.names
                for other in self._after.get((relation, row[-1][2]), ())
                if self._at_once((row[-1][2], relation, other), row)
            ]
        return rows

    def _at_once(self, fact: Fact, row: tuple[Fact, ...]) -> bool:
        """Whether a fact may hold at the time of the others: they tell no other years."""
        told = [self._years[one] for one in (fact, *row) if one in self._years]
        return not told or bool(frozenset.intersection(*map(frozenset, told)))


def _rank(step: Step) -> tuple[int, str, tuple[Fact, ...]]:
    return len(step.premises), step.rule, step.premises
