import { ChevronLeft, ExternalLink } from "lucide-react";
import { TopBar } from "#components/shell/top-bar.tsx";
import { ButtonLink, buttonClass } from "#components/ui/button.tsx";
import { icon } from "#components/ui/icon.ts";
import { Moment } from "#components/ui/moment.tsx";
import type { Source } from "#lib/domain/source.ts";
import type { Span } from "#lib/std/span.ts";
import { ScrollToPassage } from "./scroll-to-passage.tsx";
import { SourceFacts } from "./source-facts.tsx";
import { SourceText } from "./source-text.tsx";

export interface SourceDeskProps {
  source: Source;
  passage: Span | null;
  back: { href: string; words: string };
}

/** A source as it was read, opened at the cited passage. */
export function SourceDesk({ source, passage, back }: SourceDeskProps) {
  return (
    <>
      <TopBar>
        <ButtonLink look="quiet" href={back.href}>
          <ChevronLeft {...icon} />
          {back.words}
        </ButtonLink>
        <span className="min-w-0 flex-1 truncate font-semibold max-sm:hidden">Source {source.n}</span>
        {/^https?:/i.test(source.url) && (
          <a className={`${buttonClass()} max-sm:ml-auto`} href={source.url} target="_blank" rel="noopener noreferrer nofollow ugc">
            <ExternalLink {...icon} />
            Live page
          </a>
        )}
      </TopBar>
      <div className="grid flex-1 grid-cols-[minmax(0,1fr)] bg-surface lg:grid-cols-[minmax(0,1fr)_23.5rem] print:block">
        <main id="main" className="mx-auto w-full max-w-[calc(var(--container-read)+6rem)] px-4 pt-8 pb-16 md:px-8 md:pt-10">
          <p className="text-xs text-ink-3">
            Stored copy, as it was read on <Moment at={source.fetchedAt} style="day" />. The live page may differ.
          </p>
          <h1 className="mt-2 font-serif text-[1.75rem]/9 font-semibold tracking-[-0.012em] [overflow-wrap:anywhere]">
            {source.title || source.url}
          </h1>
          <div className="mt-5 border-y border-line py-3.5 lg:hidden">
            <SourceFacts source={source} />
          </div>
          <SourceText text={source.text} passage={passage} />
          <ScrollToPassage place={passage ? `${source.id} ${passage.start}` : ""} />
        </main>
        <aside
          data-screen
          aria-label="Facts"
          className="sticky top-13 hidden h-[calc(100dvh-3.25rem)] self-start overflow-auto border-l border-line bg-canvas px-4.5 py-4 lg:block"
        >
          <SourceFacts source={source} />
        </aside>
      </div>
    </>
  );
}
