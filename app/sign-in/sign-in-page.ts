import { createHash } from "node:crypto";
import { frame } from "#lib/reports/html-document/frame.ts";
import { html, markup } from "#lib/reports/html-document/markup.ts";
import { style } from "#lib/reports/html-document/style.ts";
import { outageHeaders } from "#lib/web/outage-wait.ts";
import { type MessageName, messages } from "./message.ts";

const formStyle = `.do{margin-top:1.5rem;font-size:.9375rem;line-height:1.5rem}.do h2{font:600 1rem/1.5rem var(--sans);letter-spacing:0;margin-top:1.5rem}.do p,.do form,.do pre{margin-top:.5rem}
form{display:flex;flex-wrap:wrap;gap:.5rem;max-width:32rem}
label{flex:1 0 100%;color:var(--ink-2)}
input{flex:1 1 14rem;min-width:0;min-height:2.75rem;padding:0 .75rem;border:1px solid var(--line-strong);border-radius:6px;background:var(--surface);color:inherit;font:inherit}
button{min-height:2.75rem;padding:0 1rem;border:0;border-radius:6px;background:var(--accent);color:var(--surface);font:500 .9375rem/1.5rem var(--sans);cursor:pointer}`;
/** The theme that was chosen in the application, where the system's is another. */
const themeStyle = { system: "", light: "html:root{color-scheme:light}", dark: "html:root{color-scheme:dark}" } as const;
export type Theme = keyof typeof themeStyle;

/** A page that says why a browser is not let in, and what lets it in. It runs nothing, and shows nothing of anybody. */
export function signInPage(name: MessageName, theme: Theme, headers: Record<string, string> = {}): Response {
  const { status, title, words } = messages[name];
  const ownStyle = `${formStyle}${themeStyle[theme]}`;
  const page = frame({
    language: "en",
    referrer: "same-origin",
    title: `${title} · Dossier`,
    head: html`<meta name="robots" content="noindex, noarchive">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<style>${markup(ownStyle)}</style>`,
    mast: html``,
    main: html`<h1>${title}</h1>
<div class="do">
<p>${words}</p>
<h2>With a launch link</h2>
<p>The start of Dossier printed one. This makes another, in Dossier’s folder on the machine that runs it:</p>
<pre>npm run link</pre>
<h2>With the token</h2>
<form method="post" action="/sign-in">
<label for="token">The API_TOKEN of this server. Where none was set, it is in <code>api-token</code> in the folder <code>.data</code>, or that of DATA_DIR.</label>
<input id="token" name="token" type="password" autocomplete="current-password" autocapitalize="off" spellcheck="false" required>
<button>Sign in</button>
</form>
</div>`,
    foot: html`<p>This page runs no script and calls no other site.</p>`,
  });
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)} ${hashOf(ownStyle)}`,
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  return sealed(new Response(page, { status, headers: { "content-type": "text/html; charset=utf-8", ...headers } }), policy);
}

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** What `answer` gives, or the page that says that the database is away. */
export async function unlessAway(theme: Theme, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    const away = outageHeaders(error);
    if (!away) throw error;
    return signInPage("away", theme, away);
  }
}

/** To the application, with the cookie that lets it in, or without where the browser has it. 303: what was posted is not posted again. */
export const letIn = (cookie: string | null): Response =>
  sealed(
    new Response(null, { status: 303, headers: { location: "/", ...(cookie !== null && { "set-cookie": cookie }) } }),
    "default-src 'none'",
  );

function sealed(response: Response, policy: string): Response {
  response.headers.set("content-security-policy", policy);
  response.headers.set("cache-control", "no-store");
  response.headers.set("x-robots-tag", "noindex, noarchive");
  return response;
}
