/**
 * How a report looks in print. Ours to the last sign: what a model, a page or a person wrote comes in as string literals, into the functions that
 * are defined here. Libertinus and the mathematics come with Typst; Noto has the Chinese and Japanese letters.
 */
export const template = String.raw`
#let ink = rgb("#1b1d1f")
#let quiet = rgb("#55595e")
#let faint = rgb("#c9ccd0")
#set page(
  paper: "a4",
  margin: (x: 24mm, top: 22mm, bottom: 24mm),
  footer: context {
    set text(size: 8pt, fill: quiet, lang: "en")
    grid(columns: (1fr, auto), gutter: 6mm, short, [page #counter(page).display() of #counter(page).final().first()])
  },
)
#set text(font: latin-in, size: 10.5pt, fill: ink, fallback: true)
#set par(justify: true, leading: 0.68em, spacing: 0.95em)
#set list(marker: [•], indent: 0.4em, body-indent: 0.6em)
#set enum(indent: 0.4em, body-indent: 0.6em)
#set heading(numbering: none)
#show heading: set par(justify: false)
#show heading.where(level: 1): set text(size: 15pt)
#show heading.where(level: 2): set text(size: 12.5pt)
#show heading.where(level: 3): set text(size: 11pt)
#show heading.where(level: 4): set text(size: 10.5pt, style: "italic")
#show heading: set block(above: 1.6em, below: 0.8em, sticky: true)
#show heading: set text(stroke: none)
// Noto comes in one weight, so emphasis thickens it.
#let thick = regex("[\p{Han}\p{Hiragana}\p{Katakana}]+")
#show strong: it => { show thick: set text(stroke: 0.01em + ink); it }
#show heading: it => { show thick: set text(stroke: 0.01em + ink); it }
#show raw: set text(font: ("DejaVu Sans Mono", "Noto Sans SC"), size: 0.86em)
#show raw.where(block: true): it => block(width: 100%, fill: rgb("#f4f5f6"), inset: 8pt, radius: 2pt, breakable: true, it)
// Addresses and names in code may break behind their signs; nothing is added that would be copied with them.
#show regex("[!-~]{30,}"): it => { show regex("[/.,_&?=:;@-]"): sign => sign + h(0pt); it }
#show quote.where(block: true): it => block(inset: (left: 10pt), stroke: (left: 1.5pt + faint), it.body)
#show math.equation: set text(size: 1.02em)
#set table(stroke: none, inset: (x: 6pt, y: 5pt))
#show table.cell: set par(justify: false, leading: 0.55em)
#show table.cell.where(y: 0): set text(weight: "bold")
#show title: set text(size: title-size)
#show title: set par(justify: false, leading: 0.5em)
#show title: set block(below: 1.4em)
#show outline.entry: it => link(it.element.location(), it.indented(none, {
  it.element.supplement
  h(4pt)
  box(width: 1fr, repeat(text(fill: faint, "."), gap: 3pt))
  h(4pt)
  it.page()
}))

#let label-of(kind, n) = label(kind + str(n))
#let mark(n, index, word) = [#super(typographic: false, size: 0.72em, baseline: -0.36em, text(hyphenate: false, link(label-of("source", n), "[" + str(n) + (if word == "" { "" } else { "\u{00a0}" + word.replace(" ", "\u{00a0}") }) + "]")))#label-of("mark", index)]
#let section(level, plain, body) = heading(level: level, supplement: plain, body)
#let away(url, body) = link(url, underline(stroke: 0.5pt + faint, offset: 1.5pt, body))
#let rule() = pdf.artifact(block(above: 1.2em, below: 1.2em, line(length: 30%, stroke: 0.5pt + faint)))
#let data(columns, aligns, size, head, ..cells) = block(width: 100%, above: 1.1em, below: 1.2em, {
  set text(size: size)
  table(
    columns: columns,
    align: aligns,
    table.hline(stroke: 0.8pt + ink),
    table.header(..head),
    table.hline(stroke: 0.5pt + ink),
    ..cells,
    table.hline(stroke: 0.8pt + ink),
  )
})
#let captioned(caption, body) = { block(above: 1.2em, below: 0.4em, sticky: true, strong(text(size: 0.92em, caption))); body }
#let picture(n, alt, words) = block(width: 100%, above: 1.2em, below: 1.2em, breakable: false, {
  figure(image("/figure-" + str(n) + ".png", alt: alt, width: 100%, height: 120mm, fit: "contain"), caption: none, outlined: false)
  text(size: 8.5pt, fill: quiet, words)
})
#let note(body) = block(width: 100%, inset: (left: 10pt, y: 2pt), stroke: (left: 2pt + quiet), body)
#let facts(..pairs) = block(above: 1em, below: 1em, {
  set text(size: 9.5pt, lang: "en")
  set par(justify: false)
  for (name, value) in pairs.pos() { block(above: 0.45em, below: 0.45em, grid(columns: (26mm, 1fr), text(fill: quiet, name), value)) }
})
#let pages-of(..indexes) = context {
  let seen = ()
  let links = ()
  for index in indexes.pos() {
    let page = counter(page).at(label-of("mark", index)).first()
    if page not in seen { seen.push(page); links.push(link(label-of("mark", index), "p. " + str(page))) }
  }
  links.join(", ")
}
#let source(n, name, lines, passages) = [#block(above: 1.3em, below: 0.5em, breakable: true, {
  set par(justify: false)
  grid(columns: (9mm, 1fr), text(fill: quiet, str(n)), {
    strong(name)
    for each in lines { block(above: 0.5em, below: 0em, text(size: 8.5pt, fill: quiet, each)) }
    passages
  })
})#label-of("source", n)]
#let passage(words, body, ..indexes) = block(above: 0.7em, below: 0em, inset: (left: 7pt), stroke: (left: 1pt + faint), {
  text(size: 9pt, body)
  block(above: 0.4em, below: 0em, text(size: 8.5pt, fill: quiet, lang: "en", { words; if indexes.pos().len() > 0 { ", "; pages-of(..indexes) } }))
})
`;
