"""The look of the plain pages; it touches nothing that a script puts in their place."""

CSS = """
:root { color-scheme: light dark; }
.plain { font: 1.125rem/1.5 system-ui, sans-serif; width: min(36rem, 100% - 3rem); margin: 12vh auto; }
.plain h1 { font-size: 1.75em; line-height: 1.2; margin: 0 0 1rem; }
.plain dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 0 0 1.5rem; }
.plain dt { opacity: .75; }
.plain dd { margin: 0; font-weight: 600; }
.plain h2 { font-size: 1.125em; line-height: 1.3; margin: 2rem 0 .75rem; }
.plain form + form { margin-top: .75rem; }
.plain label { display: block; margin: .75rem 0 .25rem; }
.plain select, .plain textarea, .plain input {
  display: block; box-sizing: border-box; width: 100%; padding: .75rem; margin: 0 0 .75rem;
  border: .125rem solid #6b7785; border-radius: .5rem; font: inherit;
  color: inherit; background: transparent;
}
.plain option { color: CanvasText; background: Canvas; }
.plain button, .plain a.button {
  display: block; box-sizing: border-box; width: 100%; padding: 1.25rem; border: 0; border-radius: .75rem;
  font: inherit; font-size: 1.25em; font-weight: 700; text-align: center; text-decoration: none;
  color: #fff; background: #0b5cad; cursor: pointer;
}
.plain button.quiet {
  padding: .75rem; border: .125rem solid currentColor; font-size: 1em;
  color: inherit; background: transparent;
}
.plain button + button { margin-top: .75rem; }
.plain button:hover, .plain a.button:hover { background: #084a8c; }
.plain button.quiet:hover { color: #fff; background: #084a8c; }
.plain button:focus-visible, .plain a.button:focus-visible,
.plain select:focus-visible, .plain textarea:focus-visible, .plain input:focus-visible {
  outline: .25rem solid #f5a800; outline-offset: .25rem;
}
"""
