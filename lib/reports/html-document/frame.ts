import { html, type Markup, markup, textOf } from "./markup.ts";
import { style } from "./style.ts";

export interface Frame {
  /** Of most of the text. */
  language: string;
  title: string;
  /** Further elements of the head, before the style: a policy has to stand first. */
  head?: Markup;
  /** Links and words at the top of the page. */
  mast: Markup;
  main: Markup;
  foot: Markup;
  /** What the browser tells when it leaves the page. `same-origin` is for a page with a form: under `no-referrer` it comes as from nowhere. */
  referrer?: "no-referrer" | "same-origin";
}

/** A whole document that runs nothing and asks for nothing. Its own words are English, whatever the report is in. */
export function frame({ language, title, head, mast, main, foot, referrer = "no-referrer" }: Frame): string {
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
${head}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="${referrer}">
<title>${title}</title>
<style>${markup(style)}</style>
</head>
<body lang="en">
<a class="skip" href="#main">Skip to the content</a>
<header class="mast">${logo}<b>Dossier</b>${mast}</header>
<main id="main">
${main}
</main>
<footer>${foot}</footer>
</body>
</html>
`;
  return textOf(page);
}

const logo = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 3.5h10.5L20 9v11.5H4z"/><path d="M8 12h8M8 16h5"/><path d="M14.5 3.5V9H20"/></svg>`;
