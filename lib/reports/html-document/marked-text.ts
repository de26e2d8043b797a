import { html, type Markup } from "./markup.ts";

interface MarkedSpan {
  start: number;
  end: number;
  /** Its anchor. */
  id: string;
}

/** A stored text in paragraphs, with spans of it marked. Where spans overlap, the text is marked once and every anchor stands where its span begins. */
export function markedText(text: string, spans: readonly MarkedSpan[]): Markup {
  const inside = spans.filter(({ start, end }) => start < end && end <= text.length);
  const paragraphs = [...text.matchAll(/\S(?:.|\n(?!\s*\n))*/g)].map((match) => paragraph(match[0], match.index, inside));
  return html`${paragraphs}`;
}

function paragraph(body: string, at: number, spans: readonly MarkedSpan[]): Markup {
  const near = spans.filter(({ start, end }) => start < at + body.length && end > at);
  const heading = /^#{1,6}\s[^\n]*$/.test(body);
  if (near.length === 0) return html`<p dir="auto">${heading ? html`<b>${body}</b>` : body}</p>\n`;
  const cuts = new Set([0, body.length]);
  for (const { start, end } of near) cuts.add(Math.max(0, start - at)).add(Math.min(body.length, end - at));
  const points = [...cuts].sort((one, other) => one - other);
  const parts = points.slice(1).map((to, index) => {
    const from = points[index] ?? 0;
    const part = body.slice(from, to);
    if (!near.some(({ start, end }) => start - at <= from && end - at >= to)) return html`${part}`;
    // A span that runs over several paragraphs has its anchor in the first.
    const begins = near.filter(({ start }) => start - at === from);
    return html`<mark${begins[0] && html` id="${begins[0].id}"`}>${begins.slice(1).map(({ id }) => html`<span id="${id}"></span>`)}${part}</mark>`;
  });
  return html`<p dir="auto">${parts}</p>\n`;
}
