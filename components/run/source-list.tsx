import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { failureWords } from "#components/trace/failure-words.ts";
import { smallIcon } from "#components/ui/icon.ts";
import { Tag } from "#components/ui/tag.tsx";
import type { RunView } from "#lib/domain/run-view.ts";

type Read = RunView["sources"][number];

const row = "grid grid-cols-[1.375rem_minmax(0,1fr)] gap-x-2.5 border-b border-line py-2.75";
const title = "inline-block py-0.5 font-medium text-pretty text-ink no-underline";
const linked = `${title} hover:text-accent hover:underline`;

function Row({ n, children, meta }: { n: string; children: ReactNode; meta: ReactNode }) {
  return (
    <li className={row}>
      <span className="text-right text-ink-3 tabular-nums">{n}</span>
      <div className="min-w-0">
        {children}
        <p className="flex flex-wrap items-center gap-x-2 text-xs/6 text-ink-3">{meta}</p>
      </div>
    </li>
  );
}

interface ReadSourcesProps {
  sources: readonly Read[];
  unread: RunView["unread"];
  /** Of a Heavy run: which lanes read each. Its steps have no numbers of the run. */
  readers: ReadonlyMap<string, readonly number[]> | null;
}

export function ReadSources({ sources, unread, readers }: ReadSourcesProps) {
  if (sources.length + unread.length === 0) return <Nothing>No sources yet. They appear here as pages are seen, read and cited.</Nothing>;
  return (
    <ol>
      {sources.map((source) => (
        <Row
          key={source.id}
          n={String(source.n)}
          meta={<Where site={source.site} step={source.step} lanes={readers && (readers.get(source.id) ?? [])} />}
        >
          <Link className={linked} href={`/sources/${source.id}`}>
            {source.title || source.url}
          </Link>
        </Row>
      ))}
      {unread.map((page) => (
        <Row
          key={`${page.step} ${page.url}`}
          n="–"
          meta={
            <>
              <Tag tone="bad">
                <TriangleAlert {...smallIcon} />
                could not be read: {failureWords(page.reason)}
              </Tag>
              <Where site={page.site} step={page.step} lanes={readers && []} />
            </>
          }
        >
          <span className={`${title} [overflow-wrap:anywhere]`}>{page.url}</span>
        </Row>
      ))}
    </ol>
  );
}

interface SeenSourcesProps {
  seen: RunView["seen"];
  before: number;
  read: readonly Read[];
  inLanes: boolean;
}

export function SeenSources({ seen, before, read, inLanes }: SeenSourcesProps) {
  const urls = new Set(read.map((source) => source.url));
  if (seen.length === 0) return <Nothing>No search has found anything yet.</Nothing>;
  return (
    <ol>
      {before > 0 && <li className="border-b border-line py-2.75 text-ink-3">The {before} before these are in their steps.</li>}
      {seen.map((hit, index) => (
        <Row
          key={hit.url}
          n={String(before + index + 1)}
          meta={
            <Where site={hit.site} step={hit.step} lanes={inLanes ? [] : null}>
              {urls.has(hit.url) && <span>read</span>}
            </Where>
          }
        >
          {/^https?:/i.test(hit.url) ? (
            <a className={linked} href={hit.url} target="_blank" rel="noopener noreferrer nofollow ugc">
              {hit.title || hit.url}
            </a>
          ) : (
            <span className={title}>{hit.title || hit.url}</span>
          )}
        </Row>
      ))}
    </ol>
  );
}

export const Nothing = ({ children }: { children: ReactNode }) => <p className="py-8 text-center text-balance text-ink-2">{children}</p>;

interface WhereProps {
  site: string;
  step: number;
  lanes: readonly number[] | null;
  children?: ReactNode;
}

function Where({ site, step, lanes, children }: WhereProps) {
  return (
    <>
      <span className="[overflow-wrap:anywhere]">{site}</span>
      {lanes === null ? (
        <a className="text-ink-3 no-underline hover:underline" href={`#s${step}`}>
          step {step}
        </a>
      ) : (
        lanes.length > 0 && (
          <span className="tabular-nums">
            {lanes.length === 1 ? "lane" : "lanes"} {lanes.join(", ")}
          </span>
        )
      )}
      {children}
    </>
  );
}
