"""The look of the join link's pages; the only thing that they load."""

CSS = """
:root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif; }
body { margin: 0; display: grid; min-height: 100vh; place-items: center; }
main { width: min(32rem, 100% - 3rem); padding: 2rem 0; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 0 0 1.5rem; }
dt { opacity: .75; }
dd { margin: 0; font-weight: 600; }
h2 { font-size: 1.125rem; line-height: 1.3; margin: 2rem 0 .75rem; }
form + form { margin-top: .75rem; }
label { display: block; margin: .75rem 0 .25rem; }
select, textarea {
  display: block; box-sizing: border-box; width: 100%; padding: .75rem; margin: 0 0 .75rem;
  border: .125rem solid #6b7785; border-radius: .5rem; font: inherit;
  color: inherit; background: transparent;
}
option { color: CanvasText; background: Canvas; }
button, a.button {
  display: block; box-sizing: border-box; width: 100%; padding: 1.25rem; border: 0; border-radius: .75rem;
  font: inherit; font-size: 1.375rem; font-weight: 700; text-align: center; text-decoration: none;
  color: #fff; background: #0b5cad; cursor: pointer;
}
button.quiet {
  padding: .75rem; border: .125rem solid currentColor; font-size: 1.125rem;
  color: inherit; background: transparent;
}
button + button { margin-top: .75rem; }
button:hover, a.button:hover { background: #084a8c; }
button.quiet:hover { color: #fff; background: #084a8c; }
button:focus-visible, a.button:focus-visible, select:focus-visible, textarea:focus-visible {
  outline: .25rem solid #f5a800; outline-offset: .25rem;
}
"""
