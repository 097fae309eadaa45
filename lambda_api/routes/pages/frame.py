"""The frame around every page: plain HTML that works by itself, and the script that may replace it."""

from html import escape

from lambda_api.adapters.web_build import Entry

_FRAME = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>{title}</title>
<link rel="stylesheet" href="/join.css">
{head}</head>
<body>
<div id="root">
<main class="plain">
<h1>{title}</h1>
{content}
</main>
</div>
</body>
</html>
"""


def page(title: str, *content: str, entry: Entry | None = None) -> str:
    """Frame the content, which is markup already; the title is not."""
    head = _head(entry) if entry else ""
    return _FRAME.format(title=escape(title), head=head, content="\n".join(content))


def paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def section(title: str, *content: str) -> str:
    return f"<section>\n<h2>{escape(title)}</h2>\n{''.join(content)}\n</section>"


def facts(rows: dict[str, str]) -> str:
    items = (f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows.items() if value)
    return f"<dl>{''.join(items)}</dl>"


def _head(entry: Entry) -> str:
    lines = (
        *(f'<link rel="stylesheet" href="{escape(style)}">' for style in entry.styles),
        *(f'<link rel="modulepreload" href="{escape(chunk)}">' for chunk in entry.preloads),
        f'<script type="module" src="{escape(entry.script)}"></script>',
    )
    return "".join(f"{line}\n" for line in lines)
