"use client";

import { memo, useMemo } from "react";
import ReactMarkdown, { type Options } from "react-markdown";
import remarkGfm from "remark-gfm";
import remend from "remend";
import { splitBlocks } from "./split-blocks.ts";

/** Longer than this a growing block is shown as plain text: parsing it ten times a second would be felt. */
const longestLiveBlock = 6_000;

const allowed = "p em strong del code pre a ul ol li blockquote h1 h2 h3 h4 h5 h6 hr br table thead tbody tr th td".split(" ");
export const markdownOptions: Options = {
  remarkPlugins: [remarkGfm],
  skipHtml: true,
  allowedElements: allowed,
  unwrapDisallowed: true,
  urlTransform: (url) => (/^(?:https?|mailto):/i.test(url) ? url : ""),
  components: {
    a: ({ href, children }) =>
      href ? (
        <a href={href} rel="noopener noreferrer nofollow ugc" target="_blank">
          {children}
        </a>
      ) : (
        children
      ),
  },
};

/** A model's text. It may hold anything: no HTML, no pictures, and links of the web and mail only. */
export function Markdown({ text, live = false }: { text: string; live?: boolean }) {
  const blocks = useMemo(() => splitBlocks(text), [text]);
  return (
    <div className="thought">
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only ever appended
        <Block key={index} text={block} live={live && index === blocks.length - 1} />
      ))}
    </div>
  );
}

const Block = memo(function Block({ text, live }: { text: string; live: boolean }) {
  if (live && text.length > longestLiveBlock) return <p className="whitespace-pre-wrap">{text}</p>;
  return (
    <div className={live ? "live-block" : undefined}>
      <ReactMarkdown {...markdownOptions}>{live ? remend(text) : text}</ReactMarkdown>
    </div>
  );
});
