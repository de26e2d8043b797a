import type { ReactNode } from "react";
import ReactMarkdown, { type Options } from "react-markdown";
import remarkGfm from "remark-gfm";
import { remarkChanges } from "#components/heavy/changes/remark-changes.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";

const allowedElements = "p em strong del ins code pre a ul ol li blockquote h1 h2 h3 h4 h5 h6 hr br table thead tbody tr th td".split(" ");

/** A report's Markdown, rendered on the server: no HTML, no pictures, and links of the web and mail only. With `before`, what changed is marked. */
export function Markdown({ before, children }: { before: string | null; children: string }) {
  const options: Options = {
    remarkPlugins: before === null ? [remarkGfm] : [remarkGfm, [remarkChanges, { before }]],
    skipHtml: true,
    allowedElements,
    unwrapDisallowed: true,
    urlTransform: (url) => (/^(?:https?|mailto):/i.test(url) ? url : ""),
    components: { a: Anchor, ins: Added, del: Removed, table: Table, h1: Heading },
  };
  return <ReactMarkdown {...options}>{children}</ReactMarkdown>;
}

/** The page has its heading already. */
const Heading = ({ children }: { children?: ReactNode }) => <h2>{children}</h2>;

const Anchor = ({ href, children }: { href?: string | undefined; children?: ReactNode }) =>
  href ? (
    <a href={href} rel="noopener noreferrer nofollow ugc" target="_blank">
      {children}
    </a>
  ) : (
    children
  );

const Table = ({ children }: { children?: ReactNode }) => (
  <ScrollRegion label="Table" className="my-5">
    <table>{children}</table>
  </ScrollRegion>
);

/** Readers of screens pass over the elements in silence; what is selected and copied has no such words in it. */
const Added = ({ children }: { children?: ReactNode }) => (
  <ins>
    <span className="sr-only select-none">added: </span>
    {children}
  </ins>
);
const Removed = ({ children }: { children?: ReactNode }) => (
  <del>
    <span className="sr-only select-none">removed: </span>
    {children}
  </del>
);
