import { frame } from "./frame.ts";
import { html } from "./markup.ts";

/** A page that is one message. */
const messagePage = (title: string, words: string): string =>
  frame({
    language: "en",
    title,
    head: html`<meta name="robots" content="noindex, noarchive">
<meta name="description" content="${title}">
<link rel="icon" href="/icon.svg" type="image/svg+xml">`,
    mast: html``,
    main: html`<h1>${title}</h1>
<p class="hint">${words}</p>`,
    foot: html`<p>This page runs no script and calls no other site.</p>`,
  });

/** What every link gives that does not open, whatever the reason: it tells nobody whether there ever was one. */
export const closedPage = messagePage("This link does not open", "It may have ended or been revoked. Ask whoever sent it.");

/** What a link gives that opens, where its page cannot be made. */
export const brokenPage = messagePage(
  "This page cannot be shown",
  "Something went wrong on the server. Its log tells what. Open the link again later.",
);

/** What a link gives that opens, where the file asked for cannot be made. */
export const noFilePage = (words: string): string => messagePage("This file cannot be made", words);
