"""The outcomes as one table, for the terminal and as a page of Markdown."""

from collections.abc import Callable

from local.rehearsal.scenarios.outcome import Outcome


def table(outcomes: list[Outcome], *, factor: float) -> str:
    width = max(len(each.name) for each in outcomes)
    head = f"{'scenario':<{width}}  passed?  without a partner    took  figures"
    lines = [f"times shortened by the factor {factor:g}", head, "-" * len(head)]
    for each in outcomes:
        said = "; ".join(each.figures)
        passed = "yes" if each.passed else "NO"
        lines.append(
            f"{each.name:<{width}}  {passed:<7}  {each.alone_s:>13.2f} s {each.took_s:>6.1f} s  {said}"
        )
        lines += [f"{'':<{width}}  - {complaint}" for complaint in each.complaints]
    return "\n".join(lines)


_PAGE = """\
# Scenarios, played with real media

Run {at}: {passed} of {count} passed. The times that people are waited for were shortened by the
factor {factor:g} (`HANDOFF_TIME_FACTOR`); LiveKit's own were not.

Without a partner: the seconds in which no AI and no human agent had an audio track at the caller's
that was not muted, from the first greeting to the caller's leaving. A process that was killed or
stopped counts as gone from that moment, not from LiveKit's noticing.

| scenario | passed | without a partner (s) | took (s) | figures |
|---|---|---:|---:|---|
{rows}

## What happens in each

{abouts}
"""


def page(outcomes: list[Outcome], *, factor: float, at: str, about: Callable[[str], str]) -> str:
    return _PAGE.format(
        at=at,
        passed=sum(each.passed for each in outcomes),
        count=len(outcomes),
        factor=factor,
        rows="\n".join(_row(each) for each in outcomes),
        abouts="\n".join(f"- **{each.name}**: {about(each.name)}" for each in outcomes),
    )


def _row(outcome: Outcome) -> str:
    passed = "yes" if outcome.passed else "**no**"
    said = "; ".join([*outcome.figures, *(f"**{complaint}**" for complaint in outcome.complaints)])
    return f"| {outcome.name} | {passed} | {outcome.alone_s:.2f} | {outcome.took_s:.0f} | {said} |"
